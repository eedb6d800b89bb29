package io.causeway.simulator.verify;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/**
 * Commands on their way to the broker, in the order of their sending: a few under way, the others wait. Owned by the thread
 * of the run.
 */
final class Outbox {
    /** Mosquitto acknowledges and loses messages of QoS 2 from its own {@code max_inflight_messages} (20) on. */
    private static final int MAX_UNDER_WAY = 10;

    private static final int MAX_WAITING = 10_000;

    private final BrokerConnection connection;
    private final Deque<Command> waiting = new ArrayDeque<>();
    private final List<Command> underWay = new ArrayList<>(MAX_UNDER_WAY);

    Outbox(BrokerConnection connection) {
        this.connection = connection;
    }

    /** @param whenAccepted run when the broker has acknowledged it */
    record Command(String topic, Octets payload, Qos qos, Runnable whenAccepted) {
        private MqttMessage message() {
            MqttMessage message = new MqttMessage(payload.toByteArray());
            message.setQos(qos.wireValue());
            return message;
        }
    }

    /** @return false if too many wait: it is not sent */
    boolean add(Command command) {
        if (waiting.size() >= MAX_WAITING) {
            return false;
        }
        waiting.add(command);
        sendMore();
        return true;
    }

    /** Sends as many as may be under way; those that Paho does not take, for want of a connection, wait. */
    void sendMore() {
        while (underWay.size() < MAX_UNDER_WAY && !waiting.isEmpty()) {
            Command command = waiting.getFirst();
            try {
                connection.client().publish(command.topic(), command.message(), command, null);
            } catch (MqttException noConnection) {
                return;
            }
            waiting.removeFirst();
            if (command.qos().isAcknowledged()) {
                underWay.add(command);
            }
        }
    }

    boolean isSending() {
        return !waiting.isEmpty() || !underWay.isEmpty();
    }

    /** The broker has acknowledged one. */
    void onAccepted(Command command) {
        if (underWay.remove(command)) {
            command.whenAccepted().run();
        }
    }

    /** The connection is lost, and what was under way with it. */
    void onLost() {
        underWay.clear();
    }
}
