package io.causeway.session;

/**
 * Bounds against floods of CONNECTs with invented addresses and ids. Clients that have a session are exempt.
 *
 * @param maxSessions         sessions of all kinds, from 1
 * @param connectsPerSecond   new clients per second, from 1
 * @param perAddressPerSecond new clients per second from one host, from 1; high, since NATs and forwarders put
 *                            thousands of clients behind one address
 */
public record AdmissionSettings(int maxSessions, int connectsPerSecond, int perAddressPerSecond) {
    /** As the configuration has it when nothing is said. */
    public static final AdmissionSettings DEFAULTS = new AdmissionSettings(100_000, 50_000, 20_000);

    public AdmissionSettings {
        if (maxSessions < 1 || connectsPerSecond < 1 || perAddressPerSecond < 1) {
            throw new IllegalArgumentException("bounds of admission are at least 1");
        }
    }
}
