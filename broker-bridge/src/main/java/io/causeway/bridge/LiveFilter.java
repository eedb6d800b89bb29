package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter that we have at the broker, or have asked for. Its retained messages come in bursts, one after each
 * SUBSCRIBE: those who ask while one is under way share the next. Owned by {@link UpstreamFilters}.
 */
final class LiveFilter {
    private final TopicFilter filter;
    private final List<Subscribing> unanswered = new ArrayList<>();
    private final List<Subscribing> served = new ArrayList<>();
    private final List<Subscribing> next = new ArrayList<>();
    private Qos asked = Qos.AT_MOST_ONCE;
    private Qos granted = Qos.AT_MOST_ONCE;
    private boolean standing;
    private boolean stoodAtLoss;
    private int requests;
    private long quietAtNanos;

    LiveFilter(TopicFilter filter) {
        this.filter = filter;
    }

    TopicFilter filter() {
        return filter;
    }

    boolean isStanding() {
        return standing;
    }

    boolean isRequested() {
        return requests > 0;
    }

    /** The QoS of the last or next SUBSCRIBE. */
    Qos asked() {
        return asked;
    }

    Qos granted() {
        return granted;
    }

    boolean isAtLeast(Qos qos) {
        return (standing || isRequested()) && asked.compareTo(qos) >= 0;
    }

    /** Whether a SUBSCRIBE is unanswered or its retained messages still come. */
    boolean isBusy() {
        return requests > 0 || !served.isEmpty();
    }

    /** Somebody wants the retained messages, and perhaps an answer. */
    void join(Subscribing one) {
        next.add(one);
        if (!one.isAnswered()) {
            unanswered.add(one);
        }
    }

    boolean isAwaited() {
        return !next.isEmpty();
    }

    /** Gives up those who wait for the next burst, to be served by another filter. */
    List<Subscribing> takeNext() {
        List<Subscribing> taken = List.copyOf(next);
        next.clear();
        unanswered.removeAll(taken);
        return taken;
    }

    /** The next SUBSCRIBE is for at least this QoS; it is never lowered again. */
    void askFor(Qos qos) {
        asked = asked.max(qos);
    }

    /** A SUBSCRIBE goes out: a burst begins, perhaps before the SUBACK. */
    void request() {
        requests++;
        served.addAll(next);
        next.clear();
    }

    /**
     * A SUBACK came.
     *
     * @return those that it answers; none while another one is to come
     */
    List<Subscribing> answered() {
        requests--;
        if (requests > 0) {
            return List.of();
        }
        List<Subscribing> answered = List.copyOf(unanswered);
        unanswered.clear();
        return answered;
    }

    void stand(Qos newGranted) {
        standing = true;
        granted = newGranted;
    }

    /** The filter is given up; returns those who wait for retained messages and have had their answer. */
    List<Subscribing> withdraw() {
        onLost();
        return takeNext().stream().filter(Subscribing::isAnswered).toList();
    }

    /** The connection is gone, and with it what was on its way; who has an answer is served after the next SUBSCRIBE. */
    List<Subscribing> onLost() {
        stoodAtLoss = standing && requests == 0 && served.isEmpty();
        requests = 0;
        standing = false;
        next.addAll(0, served);
        served.clear();
        List<Subscribing> lost = List.copyOf(unanswered);
        unanswered.clear();
        next.removeAll(lost);
        return lost;
    }

    /** The broker may not have it any more. */
    void forget() {
        stoodAtLoss = false;
    }

    /** If the broker still has it, it stands again; false if there is something to ask for. */
    boolean resume() {
        standing = stoodAtLoss && next.isEmpty();
        return standing;
    }

    void endBurst() {
        served.forEach(Subscribing::endBurst);
        served.clear();
    }

    List<Subscribing> served() {
        return served;
    }

    void quietAt(long nanos) {
        quietAtNanos = nanos;
    }

    long quietAtNanos() {
        return quietAtNanos;
    }
}
