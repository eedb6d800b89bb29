package io.causeway.invariants;

import io.causeway.access.Authorizer;
import io.causeway.access.ClientPattern;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.harness.TestGateway.Options;
import io.causeway.invariants.ModelClient.Habits;
import io.causeway.session.ClientPolicy;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.PredefinedTopics;
import io.causeway.session.SessionSettings;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.LinkQuality;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What the seed decides about a run. */
final class Dice {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final double WORST_LOSS = 0.2;
    private static final double WORST_DUPLICATION = 0.3;
    private static final double WORST_REORDERING = 0.5;
    private static final int LONGEST_DELAY_MILLIS = 1_500;

    private final SplittableRandom random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Dice of its own for a part, so that it does not matter in which order parts throw. */
    Dice split() {
        return new Dice(random.split());
    }

    /** From 0 up to, but without, the bound. */
    int number(int bound) {
        return random.nextInt(bound);
    }

    long nanos(int seconds) {
        return nanosUpTo(seconds * SECOND_NANOS);
    }

    long nanosUpTo(long bound) {
        return random.nextLong(bound);
    }

    long seed() {
        return random.nextLong();
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    Options options() {
        SessionSettings usual = SessionSettings.DEFAULTS;
        SessionSettings sessions = new SessionSettings(
                Duration.ofSeconds(2 + number(8)),
                usual.retryCount(),
                usual.keepAliveTolerance(),
                new QueueBound(100_000, 100_000_000, OverflowPolicy.DROP_OLDEST), // never reached
                usual.maxSubscriptions(),
                usual.maxTopicAliases(),
                usual.maxInboundInFlight(),
                usual.expiry(),
                usual.sleeperPingMoves());
        PredefinedTopics topics = new PredefinedTopics(List.of(
                new PredefinedTopics.Entry(ModelTopic.PREDEFINED_ID, ModelTopic.PREDEFINED_NAME, ClientPattern.ALL)));
        return Options.DEFAULTS
                .with(sessions)
                .with(new ClientPolicy(List.of(ClientPattern.ALL), topics, Authorizer.OPEN))
                .withShards(1 + number(3));
    }

    Habits habits() {
        int sleepSeconds = oneIn(3) ? 2 + number(8) : 0;
        return new Habits(20 + number(40), sleepSeconds, SECOND_NANOS + nanos(4));
    }

    Map<Topic, Qos> filters() {
        Map<Topic, Qos> filters = new LinkedHashMap<>();
        for (Topic filter : ModelTopic.FILTERS) {
            if (oneIn(3)) {
                filters.put(filter, oneIn(2) ? Qos.AT_LEAST_ONCE : Qos.EXACTLY_ONCE);
            }
        }
        return filters;
    }

    LinkQuality quality() {
        return new LinkQuality(
                random.nextDouble(WORST_LOSS),
                random.nextDouble(WORST_DUPLICATION),
                random.nextDouble(WORST_REORDERING),
                Duration.ZERO,
                Duration.ofMillis(1 + number(LONGEST_DELAY_MILLIS)));
    }
}
