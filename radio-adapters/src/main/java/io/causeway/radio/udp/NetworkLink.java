package io.causeway.radio.udp;

/**
 * A network interface at one time.
 *
 * @param name      as in {@code eth0}; empty for none
 * @param index     the system's number for it, another one when the interface is made anew
 * @param multicast whether it is capable of multicast
 */
record NetworkLink(String name, int index, boolean multicast) {
    static final NetworkLink NONE = new NetworkLink("", 0, false);
}
