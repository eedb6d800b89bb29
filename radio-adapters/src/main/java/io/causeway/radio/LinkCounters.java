package io.causeway.radio;

/**
 * What a transport has counted since it was opened; a snapshot. No value ever decreases.
 *
 * @param received        datagrams received, those included that the listener then failed on
 * @param receivedOctets  octets in them
 * @param receiveFailures errors the system reported when asked for the next datagram
 * @param sent            datagrams the system has taken over for sending
 * @param sentOctets      octets in them
 * @param sendFailures    datagrams the system refused, or whose endpoint is no longer there; and those that a line
 *                        has taken over and lost with its port, which are among {@code sent} too
 * @param sendOverflows   datagrams dropped because more were waiting than the link can take
 * @param oversized       datagrams dropped because they are longer than the link's largest
 * @param listenerErrors  datagrams whose listener threw an exception
 * @param kernelDrops     datagrams that arrived and were lost before we could read them, mostly because the receive
 *                        buffer was full; {@link #UNKNOWN} where the system does not tell
 */
public record LinkCounters(
        long received,
        long receivedOctets,
        long receiveFailures,
        long sent,
        long sentOctets,
        long sendFailures,
        long sendOverflows,
        long oversized,
        long listenerErrors,
        long kernelDrops) {

    /** Stands for a number that the system does not tell. */
    public static final long UNKNOWN = -1;
}
