package io.causeway.simulator.fleet;

import io.causeway.client.ClientException;
import io.causeway.client.ClientSession;
import io.causeway.client.Done;
import io.causeway.client.RejectedException;
import io.causeway.client.Reply;
import io.causeway.simulator.network.Nanos;
import io.causeway.simulator.report.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a sensor publishes, one message at a time (1.2 §6.6), and what becomes of it. A message that is given up is not sent
 * again under another number: nobody has promised anything about it. Owned by the thread of the run.
 */
final class Publications implements Reply<Done> {
    private static final long A_DAY_NANOS = Duration.ofDays(1).toNanos();

    private final World world;
    private final Crew crew;
    private final List<Source> sources;
    private final Backoff backoff;
    private final Runnable whenSettled;

    private @Nullable Source underWay;
    private int sequence;

    /** Since when the message under way should have been sent. */
    private long dueNanos;

    private long awakeNanos;

    /** After a rejection, or while it is held, nothing is published before. */
    private long notBeforeNanos;

    private boolean isStopped;

    /** @param whenSettled told when the message under way has come to its end */
    Publications(World world, Crew crew, List<Source> sources, RandomGenerator random, Runnable whenSettled) {
        this.world = world;
        this.crew = crew;
        this.sources = sources;
        this.backoff = new Backoff(random);
        this.whenSettled = whenSettled;
        this.notBeforeNanos = world.nowNanos();
        this.awakeNanos = world.nowNanos();
    }

    boolean isUnderWay() {
        return underWay != null;
    }

    boolean isDue(long nowNanos) {
        return due(false, nowNanos) != null;
    }

    boolean isUrgentDue(long nowNanos) {
        return due(true, nowNanos) != null;
    }

    /** When the next is due, or the next urgent one; a day from now if none ever is. */
    long nextNanos(boolean onlyUrgent, long nowNanos) {
        long earliestNanos = nowNanos + A_DAY_NANOS;
        for (Source source : sources) {
            if (!isStopped && (source.isUrgent() || !onlyUrgent)) {
                earliestNanos = Nanos.earlier(source.occasions().dueNanos(), earliestNanos);
            }
        }
        return Nanos.later(earliestNanos, notBeforeNanos);
    }

    /** A sleeper is awake now, and can publish what has become due: latencies do not count from before. */
    void onAwake(long nowNanos) {
        awakeNanos = nowNanos;
    }

    /** Publishes what has been due for longest. Something must be due. */
    void publish(ClientSession session, long nowNanos) {
        Source source = due(false, nowNanos);
        if (source == null) {
            throw new IllegalStateException("nothing is due");
        }
        underWay = source;
        sequence = source.stream().next();
        dueNanos = Nanos.later(source.occasions().dueNanos(), awakeNanos);
        long leftOut = source.occasions().onTaken(nowNanos);
        if (leftOut > 0) {
            crew.suffer(Trouble.REPORT_LEFT_OUT, leftOut);
        }
        world.meter().onSent();
        session.publish(source.message(world.ledger().run(), sequence, nowNanos), this, nowNanos);
    }

    /** Nothing is published before {@link #release}. */
    void hold() {
        notBeforeNanos = world.nowNanos() + A_DAY_NANOS;
    }

    void release(long nowNanos) {
        notBeforeNanos = nowNanos;
        restart(nowNanos);
    }

    /** Nothing new is published any more. */
    void stop() {
        isStopped = true;
    }

    /** The sensor has its power again, and knows nothing. */
    void restart(long nowNanos) {
        sources.forEach(source -> source.occasions().restart(nowNanos));
    }

    @Override
    public void accepted(Done answer) {
        Source source = settle();
        if (source.qos().isAcknowledged()) {
            source.stream().onPromised(sequence);
            world.meter().onAcknowledged(world.nowNanos() - dueNanos);
            backoff.reset();
        }
        whenSettled.run();
    }

    @Override
    public void failed(ClientException cause) {
        settle();
        if (cause instanceof RejectedException) {
            onRejection();
        } else {
            crew.suffer(Trouble.PUBLISH_GIVEN_UP);
        }
        whenSettled.run();
    }

    /** Also of a message at QoS 0, whose end nobody waited for. */
    void onRejection() {
        crew.suffer(Trouble.PUBLISH_REFUSED);
        notBeforeNanos = world.nowNanos() + backoff.nextNanos();
    }

    private Source settle() {
        Source source = underWay;
        if (source == null) {
            throw new IllegalStateException("no message is under way");
        }
        underWay = null;
        source.occasions().onSettled(world.nowNanos());
        return source;
    }

    private @Nullable Source due(boolean onlyUrgent, long nowNanos) {
        Source earliest = null;
        if (isStopped || isUnderWay() || nowNanos - notBeforeNanos < 0) {
            return null;
        }
        for (Source source : sources) {
            boolean isMeant = source.isDue(nowNanos) && (source.isUrgent() || !onlyUrgent);
            boolean isEarlier = earliest == null
                    || source.occasions().dueNanos() - earliest.occasions().dueNanos() < 0;
            if (isMeant && isEarlier) {
                earliest = source;
            }
        }
        return earliest;
    }
}
