package io.causeway.broker.session;

import io.causeway.store.ChangeLog;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the changes that one loop has made are durable by now, and the connections whose clients may hear of them only
 * then. Owned by that loop.
 */
final class Commits {
    private static final Logger LOGGER = LoggerFactory.getLogger(Commits.class);

    private final ChangeLog changes;
    private final Supplier<Optional<String>> trouble;
    private final LongConsumer flush;
    private final Set<MqttConnection> waiting = new LinkedHashSet<>();
    private long watchedUnit;
    private long durableUnit;
    private boolean refusing;

    /**
     * @param trouble why nothing becomes durable at present
     * @param flush   gets the time when connections have written
     */
    Commits(ChangeLog changes, Supplier<Optional<String>> trouble, LongConsumer flush) {
        this.changes = changes;
        this.trouble = trouble;
        this.flush = flush;
    }

    /** Names the unit that the last change went into; who waits hears when it is durable. */
    long watch() {
        long unit = changes.unitNumber();
        if (unit != watchedUnit) {
            watchedUnit = unit;
            changes.afterwards(nowNanos -> onDurable(unit, nowNanos));
        }
        return unit;
    }

    /** Whether a unit that {@link #watch} has named is durable. */
    boolean isDurable(long unit) {
        return unit <= durableUnit;
    }

    /** The connection has something to send as soon as a unit is durable. */
    void await(MqttConnection connection) {
        waiting.add(connection);
    }

    /** The connection may have something to send when the store takes changes again. */
    void awaitNext(MqttConnection connection) {
        watch();
        await(connection);
    }

    void forget(MqttConnection connection) {
        waiting.remove(connection);
    }

    /** Units become durable in their order. */
    private void onDurable(long unit, long nowNanos) {
        durableUnit = unit;
        for (MqttConnection each : List.copyOf(waiting)) {
            each.onDurable(nowNanos);
            if (!each.isHolding()) {
                waiting.remove(each);
            }
        }
        flush.accept(nowNanos);
    }

    /** Whether something new can be promised. Where it cannot, the log tells that once, until it can again. */
    boolean isTaking() {
        boolean taking = !changes.isDurable() || changes.isTaking();
        if (!taking && !refusing) {
            LOGGER.warn(
                    "MQTT clients are refused what would have to be kept: {}",
                    trouble.get().orElse("the store takes nothing"));
        }
        refusing = !taking;
        return taking;
    }
}
