package io.causeway.radio.xbee.frame;

/** Addresses with a meaning of their own. */
public final class RadioAddresses {
    /** All nodes. */
    public static final long BROADCAST_64 = 0xFFFF;

    /** The sender's 64-bit address is not known (Zigbee): only its 16-bit one says who it is. */
    public static final long UNKNOWN_64 = -1;

    /** From here on 16-bit addresses stand for no single node. */
    public static final int FIRST_GROUP_16 = 0xFFFC;

    /** All nodes (802.15.4). */
    public static final int BROADCAST_16 = 0xFFFF;

    /** The 16-bit address is not known, and the radio finds it out; or there is none. */
    public static final int UNKNOWN_16 = 0xFFFE;

    /** Instead of the address where something was delivered, when it was not. */
    public static final int FAILED_16 = 0xFFFD;

    private RadioAddresses() {}
}
