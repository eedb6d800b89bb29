package io.causeway.gateway.e2e;

import io.causeway.client.ConnectionListener;
import io.causeway.client.Done;
import io.causeway.client.LossCause;
import io.causeway.client.MqttSnClient;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** An MQTT-SN client whose requests are waited for. It keeps all that comes to it, in order. */
final class Sensor implements AutoCloseable {
    private final MqttSnClient client;
    private final Journal journal;

    /** What a client was told. Written by the client's loop, read by any thread. */
    static final class Journal implements ConnectionListener {
        final List<Message> received = new CopyOnWriteArrayList<>();
        final List<LossCause> losses = new CopyOnWriteArrayList<>();
        final List<ReturnCode> rejections = new CopyOnWriteArrayList<>();

        @Override
        public void onLost(LossCause cause) {
            losses.add(cause);
        }

        @Override
        public void onRejection(ReturnCode returnCode) {
            rejections.add(returnCode);
        }
    }

    Sensor(MqttSnClient client, Journal journal) {
        this.client = client;
        this.journal = journal;
    }

    /** The client itself, for what is not to be waited for. */
    MqttSnClient client() {
        return client;
    }

    Sensor connect() {
        Patience.get(client.connect());
        return this;
    }

    void publish(String topic, String payload, int qos) {
        Patience.get(publishing(new Topic.Name(topic), payload, Qos.of(qos), false));
    }

    void publish(Topic topic, String payload, Qos qos, boolean retain) {
        Patience.get(publishing(topic, payload, qos, retain));
    }

    /** The same, not waited for. */
    CompletionStage<Done> publishing(Topic topic, String payload, Qos qos, boolean retain) {
        return client.publish(topic, Octets.utf8(payload), qos, retain);
    }

    void subscribe(String filter, int qos) {
        subscribe(new Topic.Name(filter), qos);
    }

    void subscribe(Topic topic, int qos) {
        Patience.get(client.subscribe(topic, Qos.of(qos)));
    }

    void unsubscribe(Topic topic) {
        Patience.get(client.unsubscribe(topic));
    }

    void ping() {
        Patience.get(client.ping());
    }

    void sleep(Duration duration) {
        Patience.get(client.sleep(duration));
    }

    void awaken() {
        Patience.get(client.awaken());
    }

    void disconnect() {
        Patience.get(client.disconnect());
    }

    List<Message> received() {
        return List.copyOf(journal.received);
    }

    List<String> payloads() {
        return journal.received.stream().map(Message::payload).toList();
    }

    /** Waits until that many messages have come in all. */
    List<Message> receive(int count) {
        Patience.await(count + " messages from the gateway").until(() -> journal.received.size() >= count);
        return received();
    }

    /** The connections that ended unasked. */
    List<LossCause> losses() {
        return List.copyOf(journal.losses);
    }

    /** The return codes that messages of QoS 0 were answered with. */
    List<ReturnCode> rejections() {
        return List.copyOf(journal.rejections);
    }

    /** Without a word to the gateway. */
    @Override
    public void close() {
        client.close();
    }
}
