package io.causeway.radio.port;

import io.netty.buffer.ByteBuf;

/**
 * A serial line whose port is kept open: opened, and opened again whenever it is lost, until {@link #close}. May be
 * called from any thread; nothing blocks except {@code close}.
 */
public interface SerialLine extends AutoCloseable {
    /** What the port is called now or was last, for instance {@code /dev/ttyUSB0}, as an operator would write it. */
    String name();

    /**
     * Begins to open the port. Called once.
     *
     * @param listener is told all that happens, on one event loop
     */
    void open(SerialLineListener listener);

    /**
     * Sends octets after those of earlier calls, at the speed of the line.
     *
     * @param octets readable ones; the buffer's reference is taken over
     * @return false if the line is not up, or too much waits on it already: then nothing of it is sent
     */
    boolean write(ByteBuf octets);

    /** Closes the port if it is open at another rate, and opens it at this one, now and after every loss. */
    void useRate(int bitsPerSecond);

    /** Closes the port for good, and waits until that is done. Idempotent. */
    @Override
    void close();
}
