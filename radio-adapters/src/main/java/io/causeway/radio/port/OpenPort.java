package io.causeway.radio.port;

/** A serial port that has been opened. One thread reads, one writes, any closes. */
interface OpenPort extends AutoCloseable {
    /**
     * Waits a fraction of a second for octets.
     *
     * @return how many are in {@code into}, from its beginning; 0 if none came, below 0 if the port is lost or closed
     */
    int read(byte[] into);

    /**
     * Blocks until the system has taken the octets, which may be never; {@link #close} ends that.
     *
     * @return whether it has taken them all; not so if the port is lost or closed
     */
    boolean write(byte[] octets);

    /** Idempotent. */
    @Override
    void close();
}
