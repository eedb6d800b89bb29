package io.causeway.session;

/** What a gateway counts; each is told to operators under its own name. */
public enum Count {
    CONNECTS_ACCEPTED("connections accepted"),
    CONNECTS_REPEATED("late copies of a CONNECT, answered without effect"),
    CONNECTS_REFUSED_CONGESTION("connections refused: no broker, too many sessions or handshakes"),
    CONNECTS_REFUSED_STORE("connections refused: what they change could not be kept"),
    CONNECTS_REFUSED_RATE("connections refused: admission rate"),
    CONNECTS_REFUSED_CLIENT_ID("connections refused: client id not allowed or not usable"),
    CONNECTS_REFUSED_PROTOCOL("connections refused: unknown protocol id"),
    CONNECTS_REFUSED_UNANSWERED("refused connections that were not told so: too many a second"),
    CONNECTS_REFUSED_WILL("connections refused: the client may not publish to the topic of its will"),
    TAKEOVERS("sessions taken over from another address"),
    ADDRESSES_REASSIGNED("addresses that came to belong to another client"),
    SLEEPERS_MOVED("sleeping clients that woke at a new address"),
    DISCONNECTS("orderly disconnections"),
    CLIENTS_LOST_SILENT("clients lost: keep alive or sleep duration exceeded"),
    CLIENTS_LOST_ADDRESS("clients lost: without keep alive, and their address is another client's now"),
    CLIENTS_LOST_UNACKNOWLEDGED("clients lost: retries exhausted"),
    SESSIONS_EXPIRED("disconnected sessions dropped when their time was over"),
    SESSIONS_FAILED("sessions ended by an error of the gateway itself"),
    WILLS_PUBLISHED("wills handed to the upstream"),
    WILLS_FORBIDDEN("wills dropped or not changed: the client may not publish to their topic"),
    WILLS_DROPPED("wills dropped: refused, or too many waiting for the upstream"),
    SLEEPS("clients that fell asleep"),
    WAKES("sleeping clients that asked for their messages"),
    MESSAGES_IN("messages published by clients"),
    MESSAGES_IN_ACCEPTED("messages at QoS 1 and 2 of clients that the upstream has promised to deliver"),
    MESSAGES_IN_REPEATED("repetitions of messages in flight, not published again"),
    MESSAGES_IN_REFUSED_CONGESTION("messages of clients refused with congestion"),
    MESSAGES_IN_REFUSED_TOPIC("messages of clients refused: unknown or illegal topic"),
    MESSAGES_IN_FORBIDDEN("messages of clients refused: the client may not publish to their topic"),
    MESSAGES_IN_REFUSED_UPSTREAM("messages of clients refused: the upstream does not take them"),
    SESSIONLESS_IN("messages published at QoS -1"),
    SESSIONLESS_DROPPED("messages at QoS -1 dropped: not allowed, or their topic is unknown"),
    SESSIONLESS_FORBIDDEN("messages at QoS -1 dropped: their sender may not publish to their topic"),
    SESSIONLESS_REFUSED("messages at QoS -1 that the upstream has refused"),
    MESSAGES_OUT("messages sent to clients, repetitions not counted"),
    MESSAGES_OUT_REPEATED("repetitions sent to clients"),
    MESSAGES_OUT_SETTLED("messages settled by a client's acknowledgement"),
    DROPPED_QUEUE_FULL("messages for clients dropped: queue full"),
    DROPPED_OFFLINE("messages at QoS 0 dropped: client is disconnected"),
    DROPPED_FORBIDDEN("messages for clients dropped: the client may not receive their topic"),
    DROPPED_TOO_LARGE("messages for clients dropped: larger than the link carries"),
    DROPPED_EXPIRED("messages for clients dropped: expired"),
    DROPPED_REGISTER("messages for clients dropped: REGISTER rejected or unanswered"),
    DROPPED_REJECTED("messages for clients dropped: rejected by the client"),
    DROPPED_NO_ALIAS("messages for clients dropped: no topic alias left"),
    DROPPED_SESSION_ENDED("messages for clients dropped: the session ended with them"),
    REGISTERS_REFUSED("topics not registered: no topic alias left, or it could not be kept"),
    SUBSCRIBES("subscriptions accepted"),
    SUBSCRIBES_REFUSED("subscriptions refused"),
    SUBSCRIBES_FORBIDDEN("subscriptions refused: the client may not receive anything that they mean"),
    SUBSCRIPTIONS_LOST("subscriptions that the broker did not take again; their clients are disconnected"),
    PACKETS_NOT_HELD("packets for clients dropped: too many waited until what they tell was kept"),
    UNKNOWN_SENDER("packets of senders without a session"),
    PACKETS_OUT_OF_PLACE("packets that a client cannot send, or not now; ignored");

    private final String help;

    Count(String help) {
        this.help = help;
    }

    /** One line for people. */
    public String help() {
        return help;
    }
}
