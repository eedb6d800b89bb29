package io.causeway.forwarder;

/** What a forwarder counts, besides what its links do. */
public enum ForwarderCount {
    TO_GATEWAY("messages of devices sent to the gateway"),
    TO_DEVICES("messages of the gateway sent to devices, broadcasts included"),
    BROADCASTS("messages of the gateway sent to everybody on a link"),
    PROBES("SEARCHGW sent to see whether the gateway is there"),
    GATEWAY_LOSSES("times that the gateway in use ceased to answer or to advertise itself"),
    DROPPED_NO_GATEWAY("messages of devices dropped: no gateway is known"),
    DROPPED_DEVICE_MALFORMED("datagrams of devices dropped: no MQTT-SN message"),
    DROPPED_NODE_ID("messages of devices dropped: behind so many forwarders that their node id is too long"),
    DROPPED_GATEWAY_MALFORMED("datagrams of gateways dropped: no MQTT-SN message"),
    DROPPED_NOT_ENCAPSULATED("messages of gateways dropped: for no device, not in an envelope"),
    DROPPED_STRANGER("messages dropped: not from the gateway in use"),
    DROPPED_UNKNOWN_NODE("messages of the gateway dropped: no link has such a device"),
    DROPPED_TOO_LARGE("messages of the gateway dropped: the link of the device cannot carry them");

    private final String help;

    ForwarderCount(String help) {
        this.help = help;
    }

    /** What is counted, in words for the operator. */
    public String help() {
        return help;
    }
}
