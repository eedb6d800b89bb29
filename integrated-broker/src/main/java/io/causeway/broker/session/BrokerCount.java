package io.causeway.broker.session;

/** What the integrated broker counts; each is told to operators under its own name. */
public enum BrokerCount {
    SOCKETS_ACCEPTED("network connections accepted"),
    PACKETS_IN("packets received from clients"),
    PACKETS_OUT("packets sent to clients"),
    OCTETS_IN("octets of MQTT received from clients"),
    OCTETS_OUT("octets of MQTT sent to clients"),
    CONNECTS_ACCEPTED("connections accepted"),
    CONNECTS_REFUSED_PROTOCOL("connections refused: a CONNECT that the protocol does not allow"),
    CONNECTS_REFUSED_CLIENT_ID("connections refused: client id not usable"),
    CONNECTS_REFUSED_AUTHENTICATION("connections refused: unknown user, wrong password, or authentication method"),
    CONNECTS_REFUSED_NOT_AUTHORIZED("connections refused: the client may not publish its will"),
    CONNECTS_REFUSED_SESSIONS("connections refused: too many sessions"),
    CONNECTS_REFUSED_STORE("connections refused: the session cannot be kept at present"),
    CONNECTS_REFUSED_CONNECTIONS("connections closed: too many connections"),
    CONNECTS_REFUSED_BUSY("connections refused: too many clients are being authenticated"),
    CONNECTS_TIMED_OUT("connections closed: no CONNECT in time"),
    MALFORMED("connections closed: octets that are no MQTT packet"),
    PROTOCOL_ERRORS("connections closed: a packet that the protocol does not allow there"),
    LIMITS_EXCEEDED("connections closed: the client exceeded a limit that it was told"),
    SESSIONS_RESUMED("sessions that a client has come back to"),
    TAKEOVERS("connections closed: the same client has connected again"),
    DISCONNECTS("orderly disconnections"),
    CLIENTS_LOST_SILENT("clients lost: keep alive exceeded"),
    CLIENTS_LOST("clients lost: connection ended without DISCONNECT"),
    SESSIONS_EXPIRED("disconnected sessions dropped when their time was over"),
    SESSIONS_FAILED("sessions ended, or not taken up from the store, by an error of the broker itself"),
    WILLS_PUBLISHED("wills published"),
    WILLS_DROPPED("wills dropped: the client may not publish them any more"),
    MESSAGES_IN("messages published by clients"),
    MESSAGES_IN_REPEATED("repetitions of messages at QoS 2, not published again"),
    MESSAGES_IN_UNMATCHED("messages of clients that nobody had subscribed to"),
    MESSAGES_IN_REFUSED_ACCESS("messages of clients dropped: not authorized"),
    MESSAGES_IN_REFUSED_SYS("messages of clients dropped: $SYS is the broker's own"),
    MESSAGES_IN_REFUSED_TOPIC("messages of clients dropped: topic name with too many levels"),
    MESSAGES_IN_REFUSED_RETAINED("messages of clients refused: too many retained messages"),
    MESSAGES_IN_REFUSED_STORE("messages of clients refused: nothing can be kept at present"),
    RETAINED_DROPPED("messages delivered but not retained: too many retained messages"),
    MESSAGES_OUT("messages sent to clients, repetitions not counted"),
    MESSAGES_OUT_REPEATED("messages sent again after a reconnection"),
    MESSAGES_OUT_SETTLED("messages settled by a client's acknowledgement"),
    DROPPED_QUEUE_FULL("messages for clients dropped: queue full"),
    DROPPED_OFFLINE("messages at QoS 0 dropped: client is disconnected"),
    DROPPED_TOO_LARGE("messages for clients dropped: larger than the client takes"),
    DROPPED_EXPIRED("messages for clients dropped: expired"),
    DROPPED_REJECTED("messages for clients dropped: rejected by the client"),
    DROPPED_ACCESS("messages for clients dropped: the client may not receive them"),
    DROPPED_SESSION_ENDED("messages for clients dropped: the session ended with them"),
    SUBSCRIBES("subscriptions accepted"),
    SUBSCRIBES_REFUSED("subscriptions refused"),
    UNKNOWN_PACKET_IDS("acknowledgements for messages that are not in flight");

    private final String help;

    BrokerCount(String help) {
        this.help = help;
    }

    /** One line for people. */
    public String help() {
        return help;
    }
}
