package io.causeway.simulator.scenario;

import java.time.Duration;

/**
 * How a sensor connects.
 *
 * @param keepAlive     1 to 65,535 s
 * @param cleanSession  whether each CONNECT deletes what the gateway has of it; messages that wait are lost then
 * @param will          whether it leaves a will, which tells that it is gone
 * @param retryInterval T_retry, after which a packet that is not answered is sent again
 * @param retryCount    N_retry, from 0
 */
public record Connection(
        Duration keepAlive, boolean cleanSession, boolean will, Duration retryInterval, int retryCount) {
    public static final Connection DEFAULT =
            new Connection(Duration.ofMinutes(1), false, false, Duration.ofSeconds(10), 3);

    private static final long MAX_SECONDS = 65_535;

    /** @throws IllegalArgumentException if a value is out of its range */
    public Connection {
        Require.that(
                keepAlive.toNanosPart() == 0 && keepAlive.toSeconds() >= 1 && keepAlive.toSeconds() <= MAX_SECONDS,
                "the keep-alive is 1 to 65,535 whole seconds");
        Require.positive(retryInterval, "the retry interval");
        Require.that(retryCount >= 0 && retryCount <= 100, "the retry count is 0 to 100");
    }
}
