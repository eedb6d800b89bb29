package io.causeway.invariants;

import io.causeway.codec.v12.Qos;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.Count;
import io.causeway.store.MemorySessionStore;
import io.causeway.testkit.LinkQuality;
import io.causeway.testkit.VirtualTime;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run: a gateway, a handful of clients, a link for each, and a broker with retained messages, all as the seed will
 * have it. First all subscribe; then they publish while links, clients, broker and gateway fail at random; then all failures end, and
 * what is still to be delivered is. Time is in nanoseconds since the start.
 *
 * <p>Where crashes are among the failures, the store takes its time until something is safe, and the power may fail at
 * any moment: what was not safe is lost, while clients and networks know nothing of it.
 */
final class World {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LONGEST_STEP_NANOS = SECOND_NANOS / 10;
    private static final long SETUP_LIMIT_NANOS = 600 * SECOND_NANOS;
    private static final long FAILURES_NANOS = 120 * SECOND_NANOS;
    private static final long DRAIN_LIMIT_NANOS = 1_800 * SECOND_NANOS;
    private static final long AFTERMATH_NANOS = 20 * SECOND_NANOS;
    private static final int LONGEST_PEACE_SECONDS = 6;
    private static final int LONGEST_ABSENCE_SECONDS = 30;
    /** No copy of a packet is so long on its way: what a gateway remembers of completed exchanges dies with it. */
    private static final long SHORTEST_RESTART_NANOS = 2 * SECOND_NANOS;

    private static final int LONGEST_RESTART_SECONDS = 20;
    private static final int MOST_COMMITTED = 10;
    /** While all subscribe, there is one crash at most, in the first seconds. */
    private static final int LATEST_SETUP_CRASH_SECONDS = 15;

    private static final String RETAINER = "retainer";
    private static final int MESSAGES = 15;
    private static final LinkQuality OUTAGE = new LinkQuality(1, 0, 0, Duration.ZERO, Duration.ZERO);
    private static final LinkQuality GOOD = new LinkQuality(0, 0, 0, Duration.ofMillis(1), Duration.ofMillis(20));

    private final Dice dice;
    private final Journal journal;
    private final Options options;
    private final List<Station> stations = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();
    private final boolean crashes;
    private final long slowestCommitNanos;
    private MemorySessionStore store = new MemorySessionStore();
    private TestGateway gateway;
    private boolean down;
    private long upAgainNanos;
    private long nextCommitNanos;
    private long givenUp;
    private long now;

    /** @param crashes the gateway crashes now and then, and not only restarts in good order */
    World(long seed, Journal journal, boolean crashes) {
        this.dice = new Dice(seed);
        this.journal = journal;
        this.options = dice.options();
        this.crashes = crashes;
        this.slowestCommitNanos = dice.oneIn(2) ? SECOND_NANOS / 50 : SECOND_NANOS;
        this.gateway = newGateway();
        retained().forEach(this::retain);
        useStore(store);
        int clients = 2 + dice.number(4);
        for (int i = 0; i < clients; i++) {
            int messages = dice.oneIn(4) ? 0 : MESSAGES;
            stations.add(new Station(i, messages, dice.split(), journal));
        }
    }

    TestGateway gateway() {
        return gateway;
    }

    boolean diskMayBeFull() {
        return crashes;
    }

    /** Messages dropped because their REGISTER was not answered, however often it was repeated. */
    long givenUp() {
        return givenUp + gateway.count(Count.DROPPED_REGISTER);
    }

    /** What stood on every topic before the first client came. */
    List<Message> retained() {
        return ModelTopic.ALL.stream()
                .map(topic -> new Message(RETAINER, topic, 0, Qos.EXACTLY_ONCE))
                .toList();
    }

    private void retain(Message message) {
        ApplicationMessage published = new ApplicationMessage(
                message.topic().name(), message.payload(), io.causeway.routing.Qos.EXACTLY_ONCE, true);
        gateway.upstream().publish(RETAINER, published, new PublishCallback() {
            @Override
            public void onAccepted() {
                // It stands.
            }

            @Override
            public void onRefused(Refusal refusal) {
                throw new AssertionError("refused " + message);
            }
        });
    }

    List<ModelClient> clients() {
        return stations.stream().map(Station::client).toList();
    }

    /** @throws AssertionError if it does not come to an end */
    void run() {
        long setupLimit = now + SETUP_LIMIT_NANOS;
        long crashNanos = crashes ? now + dice.nanos(LATEST_SETUP_CRASH_SECONDS) : Long.MAX_VALUE;
        while (!clients().stream().allMatch(ModelClient::isSubscribed)) {
            step(setupLimit, "not all are subscribed");
            if (now >= crashNanos) {
                crash();
                crashNanos = Long.MAX_VALUE;
            }
        }
        clients().forEach(ModelClient::startPublishing);
        fail(now + FAILURES_NANOS);
        recover();
        long drainLimit = now + DRAIN_LIMIT_NANOS;
        while (!isQuiet()) {
            step(drainLimit, "something is stuck");
        }
        long end = now + AFTERMATH_NANOS;
        while (now < end) {
            step(Long.MAX_VALUE, "");
        }
    }

    private boolean isQuiet() {
        return !down
                && gateway.census().queuedMessages() == 0
                && clients().stream()
                        .allMatch(each -> each.isConnected() && each.publisher().isDone());
    }

    private void step(long limit, String otherwise) {
        if (now >= limit) {
            throw new AssertionError(otherwise + ": " + clients() + ", " + gateway.census());
        }
        long next = now + LONGEST_STEP_NANOS;
        for (Station station : stations) {
            next = Math.min(next, station.nextNanos());
        }
        if (crashes) {
            next = Math.min(next, down ? upAgainNanos : nextCommitNanos);
        }
        pass(Math.max(now, next));
        stations.forEach(each -> each.advanceTo(now, running()));
        if (down && now >= upAgainNanos) {
            startAgain();
        } else if (crashes && !down && now >= nextCommitNanos) {
            commit();
        }
    }

    private void pass(long until) {
        Duration step = Duration.ofNanos(until - now);
        if (down) {
            time.advance(step);
        } else {
            gateway.advance(step);
        }
        now = until;
    }

    /** The gateway, or null while there is none. */
    private @Nullable TestGateway running() {
        return down ? null : gateway;
    }

    private void useStore(MemorySessionStore newStore) {
        store = newStore;
        if (crashes) {
            store.hold();
        }
    }

    private void commit() {
        journal.add(now, "store", " has " + store.waiting() + " waiting");
        if (store.isTaking()) {
            store.commit(1 + dice.number(MOST_COMMITTED));
            gateway.settle();
        }
        nextCommitNanos = now + dice.nanosUpTo(slowestCommitNanos);
    }

    // ---- what goes wrong -------------------------------------------------------------------------------------------

    private void fail(long end) {
        long nextFailure = now;
        while (now < end) {
            if (now >= nextFailure) {
                if (!down) {
                    somethingHappens(stations.get(dice.number(stations.size())));
                    gateway.settle();
                }
                nextFailure = now + dice.nanos(LONGEST_PEACE_SECONDS);
            }
            step(Long.MAX_VALUE, "");
        }
    }

    private void somethingHappens(Station station) {
        switch (dice.number(12)) {
            case 0, 1, 2 -> station.become(dice.quality());
            case 3 -> station.become(OUTAGE);
            case 4, 5 -> crash(station);
            case 6 -> gateway.upstream().hold();
            case 7 -> gateway.upstream().holdAnswers();
            case 8 -> gateway.upstream().setAvailable(false);
            case 9 -> {
                if (crashes && dice.oneIn(2)) {
                    fillDisk();
                } else {
                    gateway.upstream().breakOff();
                }
            }
            case 10 -> {
                brokerRecovers();
                diskRecovers();
            }
            default -> {
                if (crashes) {
                    crash();
                } else {
                    restart();
                }
            }
        }
    }

    private void crash(Station station) {
        journal.add(now, station.client().clientId(), " crashes");
        station.client().crash(now + dice.nanos(LONGEST_ABSENCE_SECONDS));
        if (dice.oneIn(2)) {
            station.move();
        }
    }

    private void brokerRecovers() {
        gateway.upstream().setAvailable(true);
        gateway.upstream().release();
    }

    /** Nothing becomes safe until there is room again. */
    private void fillDisk() {
        journal.add(now, "disk", " is full");
        store.setTaking(false);
    }

    private void diskRecovers() {
        store.setTaking(true);
    }

    /** Takes a while, so that nothing survives that was under way; not while the broker has what it did not say. */
    private void restart() {
        brokerRecovers();
        gateway.settle();
        journal.add(now, "gateway", " restarts");
        stations.forEach(Station::loseWhatIsUnderWay);
        endGateway();
        startAgain();
    }

    /** What was not safe is lost, and so is what arrives until there is a gateway again. */
    private void crash() {
        journal.add(now, "gateway", " crashes, " + store.waiting() + " waiting");
        useStore(store.crash());
        endGateway();
        down = true;
        upAgainNanos = now + SHORTEST_RESTART_NANOS + dice.nanos(LONGEST_RESTART_SECONDS);
    }

    private void endGateway() {
        givenUp = givenUp();
        gateway.onOutgoing((to, datagram) -> {});
    }

    private void startAgain() {
        down = false;
        nextCommitNanos = now;
        gateway = newGateway();
        gateway.restore();
        journal.add(now, "gateway", " is there again");
    }

    private void recover() {
        journal.add(now, "failures", " end");
        while (down) {
            step(Long.MAX_VALUE, "");
        }
        brokerRecovers();
        diskRecovers();
        gateway.settle();
        for (Station station : stations) {
            station.become(GOOD);
            station.client().stayAwake();
        }
    }

    private TestGateway newGateway() {
        TestGateway fresh = new TestGateway(options, store, time);
        fresh.onOutgoing((to, datagram) -> stations.forEach(each -> each.fromGateway(to, datagram.duplicate(), now)));
        return fresh;
    }
}
