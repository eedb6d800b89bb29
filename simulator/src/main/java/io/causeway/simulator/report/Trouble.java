package io.causeway.simulator.report;

/** What a sensor can suffer; none of it is a broken promise. */
public enum Trouble {
    CONNECT_UNANSWERED("CONNECT was not answered"),
    CONNECT_REFUSED("CONNECT was refused"),
    CONNECTION_LOST("the connection was lost, the gateway does not answer"),
    DISCONNECTED_BY_GATEWAY("the gateway ended the connection"),
    SUBSCRIBE_FAILED("SUBSCRIBE failed"),
    PUBLISH_REFUSED("PUBLISH was refused"),
    PUBLISH_GIVEN_UP("a message was given up with the connection"),
    REPORT_LEFT_OUT("a report was left out: its rhythm was too fast"),
    WAKE_UNANSWERED("nobody answered a wake-up"),
    SPOKE_TO_SLEEPER("the gateway sent a message to a sleeper"),
    NONSENSE("the gateway sent something that is no MQTT-SN"),
    SOCKET("no datagram could be sent, or nobody is at the port");

    private final String help;

    Trouble(String help) {
        this.help = help;
    }

    /** In words. */
    public String help() {
        return help;
    }
}
