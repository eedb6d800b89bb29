package io.causeway.conformance;

import io.causeway.access.Authorizer;
import io.causeway.access.ClientPattern;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.session.ClientPolicy;
import io.causeway.session.PredefinedTopics;
import io.causeway.session.PredefinedTopics.Entry;
import io.causeway.session.SessionSettings;
import io.causeway.session.SessionSettings.QueueBound;
import java.time.Duration;
import java.util.List;

/** Gateways that differ from the usual one in a single thing. */
final class Gateways {
    private static final SessionSettings USUAL = SessionSettings.DEFAULTS;

    private Gateways() {}

    static TestGateway withPredefinedTopics(Entry... entries) {
        return new TestGateway(Options.DEFAULTS.with(policy(entries)));
    }

    static ClientPolicy policy(Entry... entries) {
        return new ClientPolicy(
                List.of(new ClientPattern("*")), new PredefinedTopics(List.of(entries)), Authorizer.OPEN);
    }

    /** A predefined topic for everybody. */
    static Entry topic(int alias, String name) {
        return topic(alias, name, "*");
    }

    static Entry topic(int alias, String name, String clients) {
        return new Entry(alias, name, new ClientPattern(clients));
    }

    static TestGateway withTopicAliases(int most) {
        return with(USUAL.queue(), USUAL.maxSubscriptions(), most, USUAL.maxInboundInFlight());
    }

    static TestGateway withSubscriptions(int most) {
        return with(USUAL.queue(), most, USUAL.maxTopicAliases(), USUAL.maxInboundInFlight());
    }

    static TestGateway withInboundInFlight(int most) {
        return with(USUAL.queue(), USUAL.maxSubscriptions(), USUAL.maxTopicAliases(), most);
    }

    static TestGateway withQueue(QueueBound queue) {
        return with(queue, USUAL.maxSubscriptions(), USUAL.maxTopicAliases(), USUAL.maxInboundInFlight());
    }

    static TestGateway withTolerance(double keepAliveTolerance) {
        return with(keepAliveTolerance, USUAL.expiry(), USUAL.sleeperPingMoves());
    }

    static TestGateway withExpiry(Duration expiry) {
        return with(USUAL.keepAliveTolerance(), expiry, USUAL.sleeperPingMoves());
    }

    static TestGateway whereSleepersDoNotMove() {
        return with(USUAL.keepAliveTolerance(), USUAL.expiry(), false);
    }

    private static TestGateway with(double keepAliveTolerance, Duration expiry, boolean sleeperPingMoves) {
        return new TestGateway(Options.DEFAULTS.with(new SessionSettings(
                USUAL.retryInterval(),
                USUAL.retryCount(),
                keepAliveTolerance,
                USUAL.queue(),
                USUAL.maxSubscriptions(),
                USUAL.maxTopicAliases(),
                USUAL.maxInboundInFlight(),
                expiry,
                sleeperPingMoves)));
    }

    private static TestGateway with(QueueBound queue, int subscriptions, int topicAliases, int inboundInFlight) {
        return new TestGateway(Options.DEFAULTS.with(new SessionSettings(
                USUAL.retryInterval(),
                USUAL.retryCount(),
                USUAL.keepAliveTolerance(),
                queue,
                subscriptions,
                topicAliases,
                inboundInFlight,
                USUAL.expiry(),
                USUAL.sleeperPingMoves())));
    }
}
