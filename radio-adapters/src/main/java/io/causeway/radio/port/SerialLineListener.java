package io.causeway.radio.port;

import io.netty.buffer.ByteBuf;

/** What happens on a {@link SerialLine}. Called on the event loop that the line was made with; must not block. */
public interface SerialLineListener {
    /** The port is open. What comes may begin in the middle of something. */
    void onUp();

    /**
     * Octets have come, cut anywhere.
     *
     * @param octets at least one; borrowed for the call
     */
    void onOctets(ByteBuf octets);

    /**
     * The port is not there, or not any more; what was written and not sent is lost. Also told when the first attempt
     * fails, and again when the cause changes.
     *
     * @param cause in a sentence for the operator: what is wrong with which port, and what would help
     */
    void onDown(String cause);

    /**
     * What was written is lost: the port was closed before it had taken it.
     *
     * @param writes how many, above 0
     */
    default void onLost(int writes) {}
}
