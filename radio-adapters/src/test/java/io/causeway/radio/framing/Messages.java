package io.causeway.radio.framing;

/** Messages of clients and gateways, in hexadecimal. */
final class Messages {
    static final String CONNECT = "0e040401003c6e6f64652d303031";

    /** Holds what SLIP and XBee escape. */
    static final String PUBLISH = "0c0c2000010002c0db007e11";

    static final String PINGREQ = "0216";
    static final String CONNACK = "030500";

    /** {@link #PUBLISH} of a node with an id of two octets. */
    static final String FORWARDED = "05fe001234" + PUBLISH;

    private Messages() {}

    /** A PUBLISH of 300 octets, which needs the long form of Length. */
    static String longPublish() {
        return "01012c0c2000010002" + "5a".repeat(291);
    }
}
