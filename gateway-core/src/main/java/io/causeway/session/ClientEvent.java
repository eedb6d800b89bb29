package io.causeway.session;

/**
 * Something that has become of a client.
 *
 * @param user     that it has proven to be, or empty if it is anonymous
 * @param address  where it is or was, in the form of its link; empty if it has none any more
 * @param protocol {@code "MQTT-SN 1.2"}, {@code "MQTT 3.1.1"}, {@code "MQTT 5"}, ...
 * @param cause    of an end; empty where there is nothing to explain
 */
public record ClientEvent(Kind kind, String clientId, String user, String address, String protocol, String cause) {
    /** What has become of it. */
    public enum Kind {
        CONNECTED,
        /** As it wished, or because the server stops. */
        DISCONNECTED,
        /** MQTT-SN: it sleeps, and is waited for (1.2 §6.14). */
        ASLEEP,
        /** MQTT-SN: it has come for its messages, and sleeps again when it has them. */
        AWAKE,
        /** Without a word. */
        LOST
    }
}
