package io.causeway.broker.differential;

import java.util.ArrayDeque;
import java.util.Deque;

/** A client of a script: what outlives its connections. */
final class Participant {
    private final int port;
    private final String name;
    private final Version version;
    /** The last one is its own; those before it have not ended yet. */
    private final Deque<Connection> connections = new ArrayDeque<>();

    private int lastId;
    /** Of QoS 2, without its PUBREL so far. */
    private final Deque<Begun> begun = new ArrayDeque<>();

    private record Begun(int id, String topic, String payload) {}

    Participant(int port, String name, Version version) {
        this.port = port;
        this.name = name;
        this.version = version;
    }

    String name() {
        return name;
    }

    Deque<Connection> connections() {
        return connections;
    }

    void act(Step step) {
        if (step instanceof Step.Connect connect) {
            connect(connect);
        } else if (!connections.isEmpty() && !connections.getLast().hasEnded()) {
            act(step, connections.getLast());
        }
    }

    private void act(Step step, Connection connection) {
        // Java 17 has no pattern matching for switch.
        if (step instanceof Step.Subscribe subscribe) {
            int id = nextId();
            byte[] octets = connection.writer().subscribe(id, subscribe.properties(), subscribe.filters());
            connection.sendAwaiting(PacketType.SUBACK, id, octets);
        } else if (step instanceof Step.Unsubscribe unsubscribe) {
            int id = nextId();
            byte[] octets = connection.writer().unsubscribe(id, unsubscribe.filters());
            connection.sendAwaiting(PacketType.UNSUBACK, id, octets);
        } else if (step instanceof Step.Publish publish) {
            publish(publish, connection);
        } else if (step instanceof Step.Burst burst) {
            burst.steps().forEach(each -> act(each, connection));
        } else if (step instanceof Step.BeginPublish begin) {
            begun.add(new Begun(nextId(), begin.topic(), begin.payload()));
            sendBegun(connection, begun.getLast(), false);
        } else if (step instanceof Step.RepeatPublish) {
            begun.forEach(each -> sendBegun(connection, each, true));
        } else if (step instanceof Step.FinishPublish) {
            finish(connection);
        } else if (step instanceof Step.Hold hold) {
            connection.hold(hold.stage());
        } else if (step instanceof Step.Release) {
            connection.release();
        } else {
            actAtTheEnd(step, connection);
        }
    }

    private void actAtTheEnd(Step step, Connection connection) {
        if (step instanceof Step.Disconnect disconnect) {
            connection.send(connection.writer().disconnect(disconnect.reason(), disconnect.properties()));
            connection.readToTheEnd();
        } else if (step instanceof Step.Cut) {
            connection.cut();
        } else if (step instanceof Step.Misbehave misbehave) {
            connection.send(misbehave.misdeed().octets(version));
        } else if (step instanceof Step.FallSilent) {
            connection.readToTheEnd();
        } else if (step instanceof Step.AwaitPacket) {
            connection.readOne();
        } else {
            throw new IllegalStateException("unknown step " + step);
        }
    }

    private void connect(Step.Connect step) {
        if (step.cleanStart()) {
            begun.clear();
        }
        Connection connection = new Connection(port, version);
        connections.add(connection);
        String clientId = name.equals(Script.NAMELESS) ? "" : name;
        connection.send(connection
                .writer()
                .connect(clientId, step.cleanStart(), step.keepAliveSeconds(), step.properties(), step.will()));
        connection.readUntil(PacketType.CONNACK);
    }

    private void publish(Step.Publish publish, Connection connection) {
        int id = publish.qos() > 0 ? nextId() : 0;
        byte[] octets = connection
                .writer()
                .publish(
                        publish.topic(),
                        publish.payload(),
                        publish.qos(),
                        publish.retain(),
                        false,
                        id,
                        publish.properties());
        switch (publish.qos()) {
            case 1 -> connection.sendAwaiting(PacketType.PUBACK, id, octets);
            case 2 -> connection.sendAwaiting(PacketType.PUBCOMP, id, octets);
            default -> connection.send(octets);
        }
    }

    private void sendBegun(Connection connection, Begun message, boolean dup) {
        byte[] octets = connection
                .writer()
                .publish(message.topic(), message.payload(), 2, false, dup, message.id(), Properties.NONE);
        connection.sendAwaiting(PacketType.PUBREC, message.id(), octets);
    }

    private void finish(Connection connection) {
        for (Begun each : begun) {
            byte[] octets = connection.writer().acknowledgement(PacketType.PUBREL, each.id());
            connection.sendAwaiting(PacketType.PUBCOMP, each.id(), octets);
        }
        begun.clear();
    }

    private int nextId() {
        lastId++;
        return lastId;
    }
}
