package io.causeway.bridge;

import io.causeway.bridge.JournalIndex.State;
import io.causeway.store.SessionStore;
import io.causeway.store.StoreUnreadableException;
import io.causeway.store.StoredForward;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * What one connection has promised to hand on, kept in the store until the broker has it. In memory stands an index of
 * it; the messages themselves only as far as they are on their way.
 *
 * <p>A message is <i>fresh</i> while it has never been anywhere but on its way: {@link Uplink} holds it. What has to wait
 * longer is the <i>backlog</i>, which goes in its order and at a limited rate. Owned by the worker, except what its
 * Javadoc says is for any thread.
 */
final class Journal {
    private static final long CHECK_NANOS = 1_000_000_000L;

    private final String link;
    private final SessionStore store;
    private final TopicPrefix prefix;
    private final UpstreamCounters counters;
    private final Runnable wake;
    private final Consumer<PendingPublish> whenKept;

    private final JournalShares shares;
    private final JournalBook book;
    private final JournalPages pages;
    private final JournalReport report;
    private final JournalUnit unit;
    private final JournalRemovals removals;
    private final JournalBacklog backlog;
    private final Queue<PendingPublish> durable = new ConcurrentLinkedQueue<>();
    private final Queue<PendingPublish> done = new ConcurrentLinkedQueue<>();
    private final Deque<StoredForward.Outline> marked = new ArrayDeque<>();
    private long loadedUpTo;
    private long loadedSinceNanos;
    private long nextCheckNanos;
    private volatile int size;
    private volatile long oldestSinceNanos;

    /**
     * @param prefix   of the topics of messages, which the rules do not have
     * @param wake     called by any thread when there is something for {@link #settle}
     * @param whenKept told by any thread of messages that are safe now and whose publishers can be told so
     */
    Journal(
            LinkStore place,
            JournalSettings settings,
            TopicPrefix prefix,
            UpstreamCounters counters,
            Runnable wake,
            Consumer<PendingPublish> whenKept,
            long nowNanos) {
        this.link = place.link();
        this.store = place.store();
        this.prefix = prefix;
        this.counters = counters;
        this.wake = wake;
        this.whenKept = whenKept;
        this.shares = new JournalShares(settings);
        this.book = new JournalBook(shares, counters);
        this.pages = new JournalPages(link, store);
        this.report = new JournalReport(link, nowNanos);
        this.unit = new JournalUnit(store, this::onDurable);
        this.removals = new JournalRemovals(shares, book, pages, unit, report, counters);
        DrainRate rate = new DrainRate(settings.drainRatePerSecond(), nowNanos);
        this.backlog = new JournalBacklog(book, pages, removals, report, rate, nowNanos);
        this.nextCheckNanos = nowNanos;
    }

    /** A message that the broker may have under this packet id. */
    record UnderWay(PendingPublish publish, int packetId) {}

    /**
     * Reads what an earlier life has left, before anything else; once more after a failure. Blocks.
     *
     * @throws StoreUnreadableException if the store cannot be read
     */
    List<UnderWay> load(long nowNanos) {
        store.outlines(link, outline -> {
            if (outline.sequence() > loadedUpTo) {
                enter(outline);
            }
        });
        List<UnderWay> underWay = new ArrayList<>();
        for (Iterator<StoredForward.Outline> rest = marked.iterator(); rest.hasNext(); ) {
            StoredForward.Outline each = rest.next();
            StoredForward forward = pages.read(each.sequence());
            if (forward == null) {
                rest.remove(); // or it would be dropped once more after a failure
                removals.dropUnreadable(book.find(each.sequence()), nowNanos);
            } else {
                underWay.add(new UnderWay(PendingPublish.of(forward), each.packetId()));
                pages.forget(each.sequence());
            }
        }
        marked.clear();
        report.loaded(shares.messages(), shares.octets());
        return underWay;
    }

    /**
     * What came later cannot be older: where its time says so, it was taken while the clock was behind, as it is after
     * the start of a machine that has none for when it is off.
     */
    private void enter(StoredForward.Outline outline) {
        boolean first = loadedUpTo == 0;
        if (first || outline.sinceNanos() - loadedSinceNanos > 0) {
            loadedSinceNanos = outline.sinceNanos();
        }
        loadedUpTo = outline.sequence();
        State state = outline.packetId() == 0 ? State.WAITING : State.TAKEN;
        int rule = shares.ruleOf(prefix.strip(outline.topic()));
        int key = key(outline.publisher(), outline.topic());
        book.enter(outline.sequence(), outline.octets(), key, loadedSinceNanos, rule, state);
        if (state == State.TAKEN) {
            marked.add(outline);
        }
    }

    /** Whether something of the same publisher to the same topic is still here. */
    boolean holdsBefore(PendingPublish publish) {
        int key = key(publish.publisher(), publish.message().topic());
        return book.hasFresh(key) || book.hasBacklog(key);
    }

    /** Whether it has to wait behind something of the same publisher to the same topic. */
    boolean hasBacklogBefore(PendingPublish publish) {
        return book.hasBacklog(key(publish.publisher(), publish.message().topic()));
    }

    /** Messages that had to wait, and are not with the broker. */
    int backlogSize() {
        return book.backlog();
    }

    boolean isTaking() {
        return store.isTaking();
    }

    /** Adds a message to the backlog. False at a bound, or if the store is in trouble. */
    boolean add(PendingPublish publish, boolean brokerAway, long nowNanos) {
        boolean added = keep(publish, State.UNSURE, nowNanos);
        if (added && brokerAway) {
            report.onFilling(nowNanos);
        }
        return added;
    }

    /** Keeps a message that is on its way, and stays so. False at a bound, or if the store is in trouble. */
    boolean addFresh(PendingPublish publish, long nowNanos) {
        return keep(publish, State.FRESH, nowNanos);
    }

    private boolean keep(PendingPublish publish, State state, long nowNanos) {
        int octets = publish.message().weightOctets();
        int rule = shares.ruleOf(prefix.strip(publish.message().topic()));
        if (!store.isTaking()) {
            return false;
        }
        if (!removals.makeRoom(rule, octets, nowNanos)) {
            counters.refusedOneByBound();
            report.onRefused(rule, shares.boundReached(rule, octets), nowNanos);
            return false;
        }
        long sequence = store.nextId();
        publish.enterJournal(sequence);
        book.enter(sequence, octets, key(publish.publisher(), publish.message().topic()), nowNanos, rule, state);
        counters.journaledOne();
        StoredForward forward =
                new StoredForward(sequence, link, publish.publisher(), publish.message(), 0, false, nowNanos);
        if (state == State.UNSURE) {
            pages.remember(forward);
        }
        unit.put(publish, forward);
        return true;
    }

    /** What goes out of it beside what comes in. */
    JournalBacklog backlog() {
        return backlog;
    }

    /** A message that was on its way, and is not, becomes one of the backlog, in its old place. */
    void giveBack(PendingPublish publish) {
        long position = book.find(publish.sequence());
        if (position < 0) {
            return;
        }
        book.become(position, publish.isDurable() ? State.WAITING : State.UNSURE);
        pages.remember(new StoredForward(
                publish.sequence(), link, publish.publisher(), publish.message(), 0, false, book.sinceNanos(position)));
    }

    /** The broker has it. Any thread. */
    void onDone(PendingPublish publish) {
        done.add(publish);
        wake.run();
    }

    /** The broker will never have it. */
    void giveUp(PendingPublish publish) {
        long position = book.find(publish.sequence());
        publish.leaveJournal();
        if (position >= 0) {
            removals.dropUnsendable(position);
        }
    }

    void onConnected(long nowNanos) {
        report.onConnected(book.backlog(), nowNanos);
    }

    void onLost() {
        report.onLost();
    }

    /** Takes note of what has become durable, and of what the broker has. */
    void settle(long nowNanos) {
        for (PendingPublish each = durable.poll(); each != null; each = durable.poll()) {
            long position = book.find(each.sequence());
            if (position >= 0 && book.state(position) == State.UNSURE) {
                book.become(position, State.WAITING);
            }
        }
        for (PendingPublish each = done.poll(); each != null; each = done.poll()) {
            long position = book.find(each.sequence());
            if (position >= 0) {
                boolean fresh = book.state(position) == State.FRESH;
                removals.drained(position);
                if (!fresh) {
                    report.onDrained(book.backlog(), nowNanos);
                }
            }
        }
    }

    /** Drops what is too old. Returns nanoseconds after which to be called again at the latest. */
    long onTime(long nowNanos) {
        if (report.isRefusing() && shares.canHaveRoom(report.refusedRule(), 1)) {
            report.onRoom(nowNanos);
        }
        size = book.size();
        if (size == 0) {
            return report.isRefusing() ? CHECK_NANOS : Long.MAX_VALUE;
        }
        oldestSinceNanos = book.oldestSinceNanos();
        if (nowNanos - nextCheckNanos >= 0) {
            nextCheckNanos = nowNanos + CHECK_NANOS;
            removals.dropAged(nowNanos);
            if (book.backlog() > 0 && report.isDue(nowNanos)) {
                report.onTime(shares.messages(), shares.octets(), oldestSinceNanos, nowNanos);
            }
        }
        return nextCheckNanos - nowNanos;
    }

    /** Hands to the store what was changed since the last time. */
    void submit() {
        unit.submit();
    }

    /** The store's thread. */
    private void onDurable(List<PendingPublish> kept) {
        kept.forEach(PendingPublish::becomeDurable);
        durable.addAll(kept);
        wake.run();
        kept.forEach(whenKept);
    }

    /** How long the oldest message has been here, zero if there is none. Any thread. */
    long oldestAgeNanos(long nowNanos) {
        return size == 0 ? 0 : Math.max(0, nowNanos - oldestSinceNanos);
    }

    private static int key(String publisher, String topic) {
        return 31 * publisher.hashCode() + topic.hashCode();
    }
}
