package io.causeway.store.sqlite;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.StoredAlias;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredForward;
import io.causeway.store.StoredMessage;
import io.causeway.store.StoredReceived;
import io.causeway.store.StoredSubscription;
import io.causeway.store.StoredWill;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Units of changes as sessions could make them, the same for the same seed: ids are never used twice, and most of what is
 * removed was there. Each unit says in a retained message which one it is.
 */
final class RandomUnits {
    static final List<String> LINKS = List.of("north", "south");
    static final String MARKER = "units/done";

    private record Queued(long session, long sequence) {}

    private final Random random;
    private final long nowNanos;
    private final List<Long> sessions = new ArrayList<>();
    private final List<Long> gone = new ArrayList<>();
    private final List<Queued> messages = new ArrayList<>();
    private final List<Long> forwards = new ArrayList<>();
    private final List<Long> wills = new ArrayList<>();
    private long lastId;
    private int units;

    RandomUnits(long seed, long nowNanos) {
        this.random = new Random(seed);
        this.nowNanos = nowNanos;
    }

    List<Change> next() {
        List<Change> unit = new ArrayList<>();
        int length = 1 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            unit.add(nextChange());
        }
        unit.add(new Change.PutRetained(Samples.message(MARKER, String.valueOf(++units))));
        return unit;
    }

    private Change nextChange() {
        if (sessions.isEmpty()) {
            return newSession();
        }
        long session = pick(sessions);
        long owner = random.nextInt(20) == 0 ? pick(gone) : session;
        return switch (random.nextInt(24)) {
            case 0 -> newSession();
            case 1 -> new Change.PutSession(Samples.withWill(Samples.session(session, sometime()), message()));
            case 2 -> random.nextInt(4) == 0 ? removeSession() : newSession();
            case 3, 4 ->
                new Change.PutSubscription(
                        owner,
                        new StoredSubscription(topic(), qos(), "normal", flip(), flip(), random.nextInt(9), flip()));
            case 5 -> new Change.RemoveSubscription(owner, topic());
            case 6 -> new Change.PutAlias(owner, new StoredAlias(1 + random.nextInt(5), topic(), flip()));
            case 7 -> new Change.PutReceived(session, new StoredReceived(random.nextInt(5), random.nextLong()));
            case 8 -> new Change.RemoveReceived(owner, random.nextInt(5));
            case 9 -> new Change.PutRetained(message().withRetain(true));
            case 10 -> new Change.RemoveRetained(topic());
            case 11 -> newWill();
            case 12 -> new Change.RemoveWill(pick(wills));
            case 13, 14, 15 -> newForward();
            case 16 -> new Change.MarkForward(pick(forwards), random.nextInt(65_536), flip());
            case 17 -> new Change.RemoveForward(pick(forwards));
            case 18 -> new Change.PutArrival(new StoredArrival(link(), random.nextInt(5), message(), flip()));
            case 19 -> new Change.RemoveArrival(link(), random.nextInt(5));
            case 20 ->
                withQueued(queued ->
                        new Change.MarkMessage(queued.session, queued.sequence, random.nextInt(65_536), flip()));
            case 21 -> withQueued(queued -> new Change.RemoveMessage(queued.session, queued.sequence));
            default -> newMessage(owner);
        };
    }

    private Change newSession() {
        sessions.add(++lastId);
        return new Change.PutSession(
                flip() ? Samples.session(lastId, sometime()) : Samples.mqttSession(lastId, 0xffff_ffffL, sometime()));
    }

    /** Now and then something is still said of it afterwards. */
    private Change removeSession() {
        int index = random.nextInt(sessions.size());
        gone.add(sessions.remove(index));
        return new Change.RemoveSession(gone.get(gone.size() - 1));
    }

    private Change newMessage(long session) {
        Queued queued = new Queued(session, ++lastId);
        messages.add(queued);
        List<Integer> identifiers = flip() ? List.of() : List.of(1, 268_435_455);
        return new Change.PutMessage(session, new StoredMessage(queued.sequence, message(), identifiers, 0, false));
    }

    private Change newWill() {
        wills.add(++lastId);
        return new Change.PutWill(new StoredWill(lastId, "lost", "user", message()));
    }

    private Change newForward() {
        forwards.add(++lastId);
        return new Change.PutForward(new StoredForward(lastId, link(), "sensor", message(), 0, false, sometime()));
    }

    private Change withQueued(Function<Queued, Change> change) {
        return change.apply(messages.isEmpty() ? new Queued(1, 1) : messages.get(random.nextInt(messages.size())));
    }

    private long pick(List<Long> ids) {
        return ids.isEmpty() ? 1 : ids.get(random.nextInt(ids.size()));
    }

    private ApplicationMessage message() {
        if (random.nextInt(5) == 0) {
            return Samples.rich(sometime());
        }
        byte[] payload = new byte[random.nextInt(10) == 0 ? random.nextInt(5_000) : random.nextInt(30)];
        random.nextBytes(payload);
        return new ApplicationMessage(topic(), Octets.of(payload), qos(), flip());
    }

    private String topic() {
        return "topic/" + random.nextInt(12);
    }

    private String link() {
        return LINKS.get(random.nextInt(LINKS.size()));
    }

    private Qos qos() {
        return Qos.of(random.nextInt(3));
    }

    private boolean flip() {
        return random.nextBoolean();
    }

    private long sometime() {
        return nowNanos - 1_000_000L * random.nextInt(1_000_000);
    }
}
