package io.causeway.bridge;

import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredForward;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the journals of connections that are no more, since there are to be others now, to those that there are. What
 * the broker may have had at QoS 2 is published anew: it was sent in another session.
 */
final class Rehoming {
    private static final Logger LOG = LoggerFactory.getLogger(Rehoming.class);
    private static final int PAGE = 100;

    /** For one page to become durable: many times what a slow disk takes. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SessionStore store;
    private final Function<String, String> linkOf;
    private final Duration patience;

    /**
     * @param linkOf   the connection that a publisher belongs to
     * @param patience how long the store may take for a part of it
     */
    Rehoming(SessionStore store, Function<String, String> linkOf, Duration patience) {
        this.store = store;
        this.linkOf = linkOf;
        this.patience = patience;
    }

    /**
     * Moves all that waits for a former connection. Blocks until that is durable.
     *
     * @throws RehomingException if the store does not keep it in time; what was moved is, the rest stays where it was or
     *                           is moved later
     */
    void moveFrom(String former) {
        long moved = 0;
        for (List<StoredForward> page = store.forwards(former, 0, PAGE);
                !page.isEmpty();
                page = store.forwards(former, page.get(page.size() - 1).sequence(), PAGE)) {
            Changes unit = store.begin();
            for (StoredForward each : page) {
                unit.add(new Change.RemoveForward(each.sequence())); // a store may hold it by its connection
                unit.add(new Change.PutForward(moved(each)));
            }
            if (!isKept(unit)) {
                throw new RehomingException(
                        "the journal of '" + former + "' cannot be moved to the connections that there"
                                + " are now, the store does not keep it: "
                                + store.trouble().orElse("no answer for " + patience.toSeconds() + " s"));
            }
            moved += page.size();
        }
        if (moved > 0) {
            LOG.info("{} messages of the journal of '{}', which is no connection any more, are moved", moved, former);
        }
    }

    private boolean isKept(Changes unit) {
        CountDownLatch durable = new CountDownLatch(1);
        unit.whenDurable(durable::countDown);
        unit.submit();
        try {
            return durable.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private StoredForward moved(StoredForward forward) {
        return new StoredForward(
                forward.sequence(),
                linkOf.apply(forward.publisher()),
                forward.publisher(),
                forward.message(),
                0,
                false,
                forward.sinceNanos());
    }
}
