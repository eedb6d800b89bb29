package io.causeway.simulator.fleet;

import io.causeway.client.ClientSettings;
import io.causeway.client.Will;
import io.causeway.simulator.firmware.Habits;
import io.causeway.simulator.scenario.Connection;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What makes one sensor with a session.
 *
 * @param commands null if it is sent none
 * @param cycle    null if it does not sleep
 * @param random   for all that is left to chance with this sensor
 */
record SensorParts(
        String clientId,
        Will will,
        List<Source> sources,
        @Nullable CommandChannel commands,
        @Nullable SleepCycle cycle,
        SplittableRandom random) {
    /** @param connection as its firmware has it */
    ClientSettings settings(Connection connection, Habits habits) {
        boolean pingsByItself = !habits.pingInterval().isZero();
        return ClientSettings.forClient(clientId)
                .keepAlive(pingsByItself ? Duration.ZERO : connection.keepAlive())
                .cleanSession(connection.cleanSession())
                .will(will)
                .retry(connection.retryInterval(), connection.retryCount())
                .build();
    }
}
