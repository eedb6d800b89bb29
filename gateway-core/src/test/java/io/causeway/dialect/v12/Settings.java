package io.causeway.dialect.v12;

import io.causeway.session.SessionSettings;
import io.causeway.session.SessionSettings.QueueBound;
import java.time.Duration;

/** The default settings but for one. */
final class Settings {
    private static final SessionSettings D = SessionSettings.DEFAULTS;

    private Settings() {}

    static SessionSettings withExpiry(Duration expiry) {
        return of(D.keepAliveTolerance(), D.queue(), expiry, D.sleeperPingMoves());
    }

    static SessionSettings withTolerance(double tolerance) {
        return of(tolerance, D.queue(), D.expiry(), D.sleeperPingMoves());
    }

    static SessionSettings withQueue(QueueBound queue) {
        return of(D.keepAliveTolerance(), queue, D.expiry(), D.sleeperPingMoves());
    }

    static SessionSettings withSleepersThatStay() {
        return of(D.keepAliveTolerance(), D.queue(), D.expiry(), false);
    }

    private static SessionSettings of(double tolerance, QueueBound queue, Duration expiry, boolean sleeperPingMoves) {
        return new SessionSettings(
                D.retryInterval(),
                D.retryCount(),
                tolerance,
                queue,
                D.maxSubscriptions(),
                D.maxTopicAliases(),
                D.maxInboundInFlight(),
                expiry,
                sleeperPingMoves);
    }
}
