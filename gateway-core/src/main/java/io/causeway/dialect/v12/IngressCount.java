package io.causeway.dialect.v12;

/** What is counted of datagrams before a session sees them. */
public enum IngressCount {
    DATAGRAMS("datagrams received"),
    EMPTY("datagrams without an octet"),
    MALFORMED("datagrams dropped: no packet of MQTT-SN 1.2"),
    TRAILING_OCTETS("datagrams longer than their packet, the rest ignored"),
    OVERLOADED("packets dropped: too much waits for the loop that owns their client"),
    FORWARDED("packets that came through a forwarder"),
    SEARCHES("SEARCHGW answered"),
    SEARCHES_UNANSWERED("SEARCHGW to everybody, not answered as everybody has just heard the answer"),
    OTHER_GATEWAYS("ADVERTISE and GWINFO of others");

    private final String help;

    IngressCount(String help) {
        this.help = help;
    }

    /** One line for people. */
    public String help() {
        return help;
    }
}
