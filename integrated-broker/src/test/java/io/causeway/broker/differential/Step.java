package io.causeway.broker.differential;

import java.util.List;

/** One action of one client in a {@link Script}. Without a connection, only {@link Connect} does anything. */
sealed interface Step {
    String client();

    /** With a clean start, and nothing special. */
    static Connect connect(String client) {
        return connect(client, true, Properties.NONE);
    }

    static Connect connect(String client, boolean cleanStart, Properties properties) {
        return new Connect(client, cleanStart, 0, properties, Will.NONE);
    }

    static Subscribe subscribe(String client, String filter, int qos) {
        return subscribe(client, Filter.of(filter, qos));
    }

    static Subscribe subscribe(String client, Filter filter) {
        return new Subscribe(client, List.of(filter), Properties.NONE);
    }

    /** With the payload "m". */
    static Publish publish(String client, String topic, int qos, Properties properties) {
        return new Publish(client, topic, "m", qos, false, properties);
    }

    /** On a new TCP connection, also if there is one: a takeover. */
    record Connect(String client, boolean cleanStart, int keepAliveSeconds, Properties properties, Will will)
            implements Step {}

    record Subscribe(String client, List<Filter> filters, Properties properties) implements Step {}

    record Unsubscribe(String client, List<String> filters) implements Step {}

    /** Up to its last acknowledgement. */
    record Publish(String client, String topic, String payload, int qos, boolean retain, Properties properties)
            implements Step {}

    /** Several, one after the other, of which only the outcome is looked at. */
    record InOne(String client, List<Step> steps) implements Step {}

    /** Several, of which none waits for the answer to another: all are on their way at once. */
    record Burst(String client, List<Step> steps) implements Step {}

    /** QoS 2 without the PUBREL. */
    record BeginPublish(String client, String topic, String payload) implements Step {}

    /** What was begun is sent again, as after a reconnection. */
    record RepeatPublish(String client) implements Step {}

    /** The PUBREL of what was begun. */
    record FinishPublish(String client) implements Step {}

    /** From now on what comes is not acknowledged: no PUBACK and PUBREC, or no PUBCOMP only. */
    record Hold(String client, Stage stage) implements Step {}

    enum Stage {
        PUBLISH,
        PUBREL
    }

    /** What was held is acknowledged, and what comes from now on. */
    record Release(String client) implements Step {}

    record Disconnect(String client, int reason, Properties properties) implements Step {}

    /** The TCP connection ends without DISCONNECT. */
    record Cut(String client) implements Step {}

    /** Something that the protocol forbids. */
    record Misbehave(String client, Misdeed misdeed) implements Step {}

    /** Nothing is sent until the broker ends the connection. */
    record FallSilent(String client) implements Step {}

    /** Time passes, until the broker has sent something to the client. */
    record AwaitPacket(String client) implements Step {}
}
