package io.causeway.simulator.scenario;

import org.jspecify.annotations.Nullable;

/**
 * Sensors of one kind. What a sensor does is the sum of its traits; those that are null it does not have. One with a
 * beacon has no session, and of the other traits only roaming and the network.
 *
 * @param name       letters, digits, {@code -} and {@code _}; client ids begin with it
 * @param count      at least one
 * @param firmware   whose habits they have on the wire
 * @param connection how they connect; ignored by beacons
 * @param report     what they publish in their rhythm
 * @param alarms     what they publish in bursts
 * @param sleep      they sleep, and wake for a moment
 * @param commands   what they are sent by way of the broker
 * @param beacon     what they publish without a connection
 * @param roaming    they change their address
 * @param brownOuts  they vanish without a word and return with nothing in memory
 * @param network    between them and the gateway
 */
public record Group(
        String name,
        int count,
        Firmware firmware,
        Connection connection,
        @Nullable Report report,
        @Nullable Alarms alarms,
        @Nullable Sleep sleep,
        @Nullable Commands commands,
        @Nullable Beacon beacon,
        @Nullable Roaming roaming,
        @Nullable BrownOuts brownOuts,
        NetworkConditions network) {
    /** @throws IllegalArgumentException if the name is none, nobody is in the group, or traits exclude each other */
    public Group {
        Require.that(name.matches("[A-Za-z0-9_-]{1,16}"), "a group's name has 1 to 16 letters, digits, - and _");
        Require.that(count >= 1 && count <= 1_000_000, "a group has 1 to 1,000,000 sensors");
        boolean needsSession = report != null || alarms != null || sleep != null || commands != null;
        Require.that(beacon == null || !needsSession, "a beacon has no session: no report, alarms, sleep or commands");
    }

    /** The same with as many sensors. */
    Group withCount(int sensors) {
        return new Group(
                name,
                sensors,
                firmware,
                connection,
                report,
                alarms,
                sleep,
                commands,
                beacon,
                roaming,
                brownOuts,
                network);
    }
}
