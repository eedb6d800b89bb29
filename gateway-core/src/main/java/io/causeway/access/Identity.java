package io.causeway.access;

/**
 * Who a client is, once it has been let in.
 *
 * @param clientId of its session, or empty for a message without a session (MQTT-SN 1.2 §6.8)
 * @param user     the name that it has proven to bear, or empty if it is anonymous
 */
public record Identity(String clientId, String user) {
    /** A client whose name nobody asked for. */
    public static Identity anonymous(String clientId) {
        return new Identity(clientId, "");
    }
}
