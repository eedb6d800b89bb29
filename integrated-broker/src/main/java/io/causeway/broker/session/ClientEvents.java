package io.causeway.broker.session;

/** Is told who comes and goes. Called on the loop that owns the client; quick. */
public interface ClientEvents {
    /** Nobody wants to know. */
    ClientEvents NONE = new ClientEvents() {
        @Override
        public void onConnected(ClientEvent event) {}

        @Override
        public void onDisconnected(ClientEvent event) {}
    };

    /** A client has been let in. */
    void onConnected(ClientEvent event);

    /** Its connection is over; its session may go on. */
    void onDisconnected(ClientEvent event);

    /**
     * @param user     or empty if it is anonymous
     * @param address  as {@link ConnectionPort#address}
     * @param protocol {@code "MQTT 3.1"}, {@code "MQTT 3.1.1"} or {@code "MQTT 5"}
     * @param cause    of the end, empty for a beginning
     */
    record ClientEvent(String clientId, String user, String address, String protocol, String cause) {}
}
