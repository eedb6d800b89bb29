package io.causeway.radio;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One configured link: receives datagrams from its peers and sends them datagrams. Opened once, closed once; several
 * can be open side by side. Unless a method says otherwise it may be called from any thread.
 */
public interface Transport extends AutoCloseable {
    /** What the link is called in logs and metrics, for instance {@code udp 0.0.0.0:1883}; never changes. */
    String name();

    /**
     * The most octets that one datagram to a peer can carry, above 0, as far as is known now: a radio may tell later.
     * Quick.
     *
     * @param to an address of this transport
     */
    int largestDatagramOctets(LinkAddress to);

    /** How the link is right now. Quick. */
    LinkState state();

    /**
     * Opens the link's endpoints and returns when they are open, or, on a link whose endpoint may come and go like a
     * port that can be pulled, when it is being looked for: {@link #state} tells then. Blocks, so not to be called on an
     * event loop.
     *
     * @param listener gets every datagram from now until {@link #close}
     * @throws IOException           if that cannot be done; the message is meant for the operator and says what was
     *                               asked for and why it was refused, and nothing stays open
     * @throws IllegalStateException if it has been opened or closed before
     */
    void open(DatagramListener listener) throws IOException;

    /**
     * Finds a peer again that was seen in an earlier process, before the link is open too. That its endpoint is not there
     * yet, or not any more, is no obstacle: datagrams to it are dropped until it is.
     *
     * @param storedForm of its address, see {@link LinkAddress#storedForm}
     * @return nothing if no peer of this link has such an address
     */
    Optional<LinkAddress> find(String storedForm);

    /**
     * The same for the octets of an address, but only where they name an endpoint that this link has had, because they
     * may come from the network. Quick.
     *
     * @param octets as of {@link LinkAddress#octets}, or any
     * @return nothing if no peer of this link can have such an address
     */
    Optional<LinkAddress> at(byte[] octets);

    /**
     * Sends a datagram from the endpoint that {@code to} was seen through. Never blocks and never throws for what
     * happens on the network: what cannot be sent is dropped and counted. Datagrams sent from one thread to one address
     * leave in that order.
     *
     * @param to       an address of this transport
     * @param datagram its readable octets; the buffer's reference is taken over
     */
    void send(LinkAddress to, ByteBuf datagram);

    /**
     * Sends a datagram to every peer in reach, from the endpoints that answer unicast datagrams; does nothing on a link
     * without a broadcast. Never blocks.
     *
     * @param datagram its readable octets; the buffer's reference is taken over
     * @param radius   how many hops it may travel, 1 to 255; 0 for as many as the link is configured for (1.2 §5.3.9)
     */
    void broadcast(ByteBuf datagram, int radius);

    /**
     * What is open right now, as an operator would write it, with the port the system chose where 0 was asked for: first
     * the endpoints that peers talk to, then what only receives, for instance {@code 225.1.1.1:1883 on eth0}.
     */
    List<String> endpoints();

    /** Reads the counters; asks the system for some of them, so not to be called on an event loop. */
    LinkCounters counters();

    /**
     * Closes every endpoint; nothing is received or sent afterwards. Blocks until that is done, so not to be called on
     * an event loop. Idempotent.
     */
    @Override
    void close();
}
