package io.causeway.radio;

import java.time.Duration;

/**
 * What the rest of the gateway has to know about a kind of link to use it well.
 *
 * @param largestDatagramOctets the most octets one datagram can carry, above 0
 * @param retryInterval         how long to wait for an answer before sending again (T_retry, 1.2 §7.2), above zero
 * @param retryCount            how often to send again before giving up (N_retry, 1.2 §7.2), 0 or more
 * @param window                requests that may be unanswered at one time for one client, above 0
 * @param broadcasts            whether {@link Transport#broadcast} reaches anybody
 */
public record LinkProfile(
        int largestDatagramOctets, Duration retryInterval, int retryCount, int window, boolean broadcasts) {

    /** @throws IllegalArgumentException if a value is out of its range */
    public LinkProfile {
        if (largestDatagramOctets <= 0) {
            throw new IllegalArgumentException("largestDatagramOctets must be above 0: " + largestDatagramOctets);
        }
        if (retryInterval.isNegative() || retryInterval.isZero()) {
            throw new IllegalArgumentException("retryInterval must be above zero: " + retryInterval);
        }
        if (retryCount < 0) {
            throw new IllegalArgumentException("retryCount must not be negative: " + retryCount);
        }
        if (window <= 0) {
            throw new IllegalArgumentException("window must be above 0: " + window);
        }
    }
}
