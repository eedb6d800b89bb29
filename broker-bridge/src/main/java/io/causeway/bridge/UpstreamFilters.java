package io.causeway.bridge;

import io.causeway.bridge.MqttConnection.Subscription;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Delivery.Recipient;
import io.causeway.routing.Qos;
import io.causeway.routing.Router;
import io.causeway.routing.Subscriber;
import io.causeway.routing.SubscriptionOptions;
import io.causeway.routing.TopicFilter;
import io.causeway.session.Printable;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is subscribed at the broker on behalf of our clients: only filters that no other one covers, each at the highest
 * QoS wanted below it. Clients are served from there by the router, each at its own QoS.
 *
 * <p>Time comes as an argument, requests leave through {@link Requests}, nothing blocks. Not safe for threads: see
 * {@link Downlink}.
 */
final class UpstreamFilters {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamFilters.class);

    private static final int FAILURE = 0x80;

    /** Nobody waits for the answer: the client has it since an earlier life of the gateway. */
    private static final SubscribeCallback RESUMED = new SubscribeCallback() {
        @Override
        public void onSubscribed(Qos granted) {
            // As it was before.
        }

        @Override
        public void onRefused(Refusal refusal) {
            // A subscription that stands is lost, not refused.
        }
    };

    /** Sends to the broker. */
    interface Requests {
        void subscribe(int requestId, List<Subscription> subscriptions);

        void unsubscribe(List<TopicFilter> filters);
    }

    private record Request(List<LiveFilter> filters, long deadlineNanos) {}

    private final Router router;
    private final Requests broker;
    private final UpstreamCounters counters;
    private final long completionNanos;
    private final boolean bridgesOutages;

    private final Map<TopicFilter, WantedFilter> wanted = new HashMap<>();
    private final LiveFilters live = new LiveFilters();
    private final RetainedBursts bursts;
    private final Map<Integer, Request> requests = new LinkedHashMap<>();
    private final Restoration restoration = new Restoration();
    private final CutWatch cuts = new CutWatch();
    private int lastRequestId;
    private boolean connected;

    /** @param bridgesOutages whether subscriptions are granted also while the broker is away */
    UpstreamFilters(
            Router router,
            Requests broker,
            UpstreamTimings timings,
            boolean bridgesOutages,
            UpstreamCounters counters) {
        this.bridgesOutages = bridgesOutages;
        this.router = router;
        this.broker = broker;
        this.counters = counters;
        this.completionNanos = timings.completion().toNanos();
        this.bursts = new RetainedBursts(timings.retainedQuiet());
    }

    void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback, long nowNanos) {
        boolean away = !connected && !bridgesOutages;
        if (away || cuts.isBarred(filter, nowNanos)) {
            Refusal refusal = away ? Refusal.CONGESTION : Refusal.NOT_SUPPORTED;
            counters.refusedOne(refusal);
            callback.onRefused(refusal);
            return;
        }
        Subscribing one = new Subscribing(subscriber, filter, qos, callback);
        wanted.computeIfAbsent(filter, unused -> new WantedFilter()).ask(one);
        router.subscribe(subscriber, filter, optionsOf(qos));
        if (connected) {
            place(one, nowNanos);
        } else {
            standUntilConnected(one);
        }
    }

    /** Stands without the broker, which is asked when it is back: for the retained messages too. */
    private void standUntilConnected(Subscribing one) {
        wanted.computeIfAbsent(one.filter(), unused -> new WantedFilter()).stand(one);
        one.grant(one.qos());
        LiveFilter cover = live.coverOf(one.filter()).orElseGet(() -> live.add(one.filter()));
        live.stay(cover);
        cover.askFor(one.qos());
        cover.join(one);
    }

    /** Takes a subscription for granted, as after the loss of a connection on which it was. */
    void resume(Subscriber subscriber, TopicFilter filter, Qos qos) {
        Subscribing one = new Subscribing(subscriber, filter, qos, RESUMED);
        one.grant(qos);
        wanted.computeIfAbsent(filter, unused -> new WantedFilter()).stand(one);
        router.subscribe(subscriber, filter, optionsOf(qos));
    }

    void unsubscribe(Subscriber subscriber, TopicFilter filter, long nowNanos) {
        WantedFilter want = wanted.get(filter);
        if (want == null) {
            return;
        }
        router.unsubscribe(subscriber, filter);
        List<Subscribing> unanswered = want.remove(subscriber);
        dropIfUnused(filter, want, nowNanos);
        unanswered.forEach(one -> one.refuse(Refusal.CONGESTION));
    }

    /** What comes live with a retain flag comes over a bridge. */
    private static SubscriptionOptions optionsOf(Qos qos) {
        return new SubscriptionOptions(qos, false, true, List.of());
    }

    /** Finds the filter at the broker that is to serve a subscription, or makes it. */
    private void place(Subscribing one, long nowNanos) {
        LiveFilter cover = live.coverOf(one.filter()).orElseGet(() -> live.add(one.filter()));
        live.stay(cover);
        boolean enough = cover.isAtLeast(one.qos());
        if (enough && !cover.isRequested()) {
            grant(one, cover);
        }
        cover.join(one);
        if (!enough) {
            raise(cover, one.qos(), nowNanos);
        } else if (!cover.isBusy()) {
            request(List.of(cover), nowNanos);
        }
    }

    /** Asks for a higher QoS; filters that overlap get the same: of what several match, a broker may send one only. */
    private void raise(LiveFilter filter, Qos qos, long nowNanos) {
        List<LiveFilter> overlapping = live.overlapping(filter);
        filter.askFor(qos);
        overlapping.forEach(other -> filter.askFor(other.asked()));
        request(List.of(filter), nowNanos);
        for (LiveFilter other : overlapping) {
            if (restoration.isWaiting(other)) {
                other.askFor(filter.asked());
            } else if (!other.isAtLeast(filter.asked())) {
                raise(other, filter.asked(), nowNanos);
            }
        }
    }

    private void request(List<LiveFilter> filters, long nowNanos) {
        lastRequestId++;
        requests.put(lastRequestId, new Request(filters, nowNanos + completionNanos));
        restoration.remove(filters);
        filters.forEach(LiveFilter::request);
        filters.forEach(bursts::begin);
        broker.subscribe(
                lastRequestId,
                filters.stream()
                        .map(filter -> new Subscription(filter.filter(), filter.asked()))
                        .toList());
    }

    /** The broker's answer to a SUBSCRIBE. */
    void onSubscribed(int requestId, List<Integer> returnCodes, long nowNanos) {
        Request request = requests.remove(requestId);
        if (request == null) {
            return;
        }
        restoration.onAnswered(requestId);
        for (int i = 0; i < request.filters().size(); i++) {
            LiveFilter filter = request.filters().get(i);
            int code = i < returnCodes.size() ? returnCodes.get(i) : FAILURE;
            cuts.onAnswered(filter.filter());
            if (code < FAILURE) {
                onGranted(filter, Qos.of(code), nowNanos);
            } else {
                onRefused(filter, nowNanos);
            }
        }
        live.leaving().forEach(filter -> review(filter, nowNanos));
        restore(nowNanos);
    }

    private void onGranted(LiveFilter filter, Qos granted, long nowNanos) {
        boolean isNew = !filter.isStanding();
        filter.stand(granted);
        bursts.onAnswered(filter, nowNanos);
        filter.answered().forEach(one -> grant(one, filter));
        if (isNew) {
            live.coveredBy(filter).forEach(narrower -> review(narrower, nowNanos));
        }
        review(filter, nowNanos);
    }

    private void onRefused(LiveFilter filter, long nowNanos) {
        LOG.warn(
                "The broker refuses the subscription to '{}'",
                Printable.of(filter.filter().value()));
        List<Subscribing> unanswered = filter.answered();
        boolean gone = !filter.isStanding() && !filter.isRequested();
        if (gone) {
            drop(filter);
        }
        List<Subscribing> narrower = new ArrayList<>();
        for (Subscribing one : unanswered) {
            if (one.filter().equals(filter.filter())) {
                refuse(one, Refusal.NOT_SUPPORTED, nowNanos);
            } else {
                narrower.add(one);
            }
        }
        if (gone) {
            loseStanding(filter.filter());
            restoreBelow(filter);
        }
        narrower.forEach(one -> place(one, nowNanos)); // by a filter of its own, which the broker may take
    }

    private void onUnanswered(LiveFilter filter, long nowNanos) {
        LOG.warn(
                "The broker does not answer the subscription to '{}'",
                Printable.of(filter.filter().value()));
        filter.answered().forEach(one -> refuse(one, Refusal.CONGESTION, nowNanos));
        if (filter.isStanding() || filter.isRequested()) {
            return;
        }
        drop(filter);
        restoreBelow(filter);
        if (live.get(filter.filter()).isEmpty()) {
            broker.unsubscribe(List.of(filter.filter()));
        }
    }

    /** Those who subscribed to a filter that the broker does not take any more, and that nothing else covers. */
    private void loseStanding(TopicFilter filter) {
        WantedFilter want = wanted.get(filter);
        if (want == null || live.coverOf(filter).isPresent()) {
            return;
        }
        for (Subscriber subscriber : want.removeStanding()) {
            router.unsubscribe(subscriber, filter);
            subscriber.onSubscriptionLost(filter);
        }
        if (want.isUnused()) {
            wanted.remove(filter);
        }
    }

    /** What was served by a filter that is gone is to be asked for again. */
    private void restoreBelow(LiveFilter gone) {
        List<TopicFilter> below =
                wanted.keySet().stream().filter(gone.filter()::covers).toList();
        for (LiveFilter heir : live.adopt(below)) {
            heir.askFor(wantedBelow(heir.filter()));
            restoration.add(heir);
        }
        gone.withdraw().forEach(one -> live.coverOf(one.filter()).ifPresent(heir -> heir.join(one)));
    }

    private void restore(long nowNanos) {
        for (List<LiveFilter> next = restoration.next(nowNanos);
                connected && !next.isEmpty();
                next = restoration.next(nowNanos)) {
            request(next, nowNanos);
            restoration.onSent(lastRequestId);
            counters.resubscribed(next.size());
        }
    }

    private void grant(Subscribing one, LiveFilter by) {
        WantedFilter want = wanted.get(one.filter());
        if (want != null && !one.isAnswered()) {
            want.stand(one);
            one.grant(by.granted());
        }
    }

    private void refuse(Subscribing one, Refusal refusal, long nowNanos) {
        WantedFilter want = wanted.get(one.filter());
        if (want == null || one.isAnswered()) {
            return;
        }
        Subscribing former = want.withdraw(one);
        if (former == null) {
            router.unsubscribe(one.subscriber(), one.filter());
        } else {
            router.subscribe(one.subscriber(), one.filter(), optionsOf(former.qos()));
        }
        dropIfUnused(one.filter(), want, nowNanos);
        counters.refusedOne(refusal);
        one.refuse(refusal);
    }

    private void dropIfUnused(TopicFilter filter, WantedFilter want, long nowNanos) {
        if (!want.isUnused()) {
            return;
        }
        wanted.remove(filter);
        live.get(filter).ifPresent(own -> {
            live.leave(own);
            review(own, nowNanos);
        });
    }

    /** Lets go of a filter that is covered or wanted no more, or asks again for those who wait for its next burst. */
    private void review(LiveFilter filter, long nowNanos) {
        if (!connected || filter.isBusy() || !filter.isStanding()) {
            return;
        }
        if (live.isRedundant(filter) || (live.isLeaving(filter) && isReplaced(filter, nowNanos))) {
            drop(filter);
            broker.unsubscribe(List.of(filter.filter()));
            filter.takeNext().forEach(one -> place(one, nowNanos));
        } else if (filter.isAwaited()) {
            request(List.of(filter), nowNanos);
        }
    }

    /** Whether all that a filter serves is served by others too; asks for what is missing. */
    private boolean isReplaced(LiveFilter filter, long nowNanos) {
        if (!filter.filter().hasWildcards()) {
            return true;
        }
        List<TopicFilter> below =
                wanted.keySet().stream().filter(filter.filter()::covers).toList();
        for (LiveFilter heir : live.adopt(below)) {
            raise(heir, wantedBelow(heir.filter()), nowNanos);
        }
        return below.stream()
                .allMatch(each ->
                        live.coverOf(each).filter(LiveFilter::isStanding).isPresent());
    }

    private Qos wantedBelow(TopicFilter filter) {
        return wanted.entrySet().stream()
                .filter(want -> filter.covers(want.getKey()))
                .map(want -> want.getValue().qos())
                .reduce(Qos.AT_MOST_ONCE, Qos::max);
    }

    private void drop(LiveFilter filter) {
        live.remove(filter);
        restoration.remove(List.of(filter));
        bursts.drop(filter);
    }

    /** Whatever the broker says of the session, everything is to be subscribed again on the next connection. */
    void onSessionInDoubt() {
        live.all().forEach(LiveFilter::forget);
    }

    /** A connection stands: what is not known to stand there is subscribed again. */
    void onConnected(long nowNanos) {
        connected = true;
        List<LiveFilter> gone = live.leaving();
        gone.forEach(this::drop);
        live.adopt(wanted.keySet()).forEach(added -> added.askFor(wantedBelow(added.filter())));
        List<LiveFilter> missing =
                live.all().stream().filter(each -> !each.resume()).toList();
        restoration.begin(missing, nowNanos);
        restore(nowNanos);
        if (!gone.isEmpty()) {
            broker.unsubscribe(gone.stream().map(LiveFilter::filter).toList());
        }
    }

    void onLost(ConnectionLoss loss, long nowNanos) {
        connected = false;
        if (loss.byPeer()) {
            requests.values().stream()
                    .filter(request -> request.filters().size() == 1)
                    .forEach(request -> cuts.onCut(request.filters().get(0).filter(), nowNanos));
        }
        requests.clear();
        restoration.end();
        bursts.clear();
        for (LiveFilter filter : live.all()) {
            filter.onLost().forEach(one -> refuse(one, Refusal.CONGESTION, nowNanos));
        }
    }

    /**
     * Brings a retained message to those who asked for it; false if nobody did, and it is not queued anywhere.
     *
     * @param maybeLive if nobody asked for it; then it is no sign that a burst goes on
     */
    boolean onRetained(ApplicationMessage message, boolean maybeLive, Runnable whenQueued, long nowNanos) {
        List<Recipient> recipients = bursts.recipientsOf(message);
        if (!maybeLive || !recipients.isEmpty()) {
            bursts.prolong(message.topic(), nowNanos);
        }
        if (recipients.isEmpty()) {
            return false;
        }
        router.routeRetained(message, recipients, whenQueued);
        return true;
    }

    /** Ends what has fallen silent, asks again for what is missing; returns nanoseconds until the next such time. */
    long onTime(long nowNanos) {
        bursts.endSilent(nowNanos).forEach(filter -> review(filter, nowNanos));
        for (Map.Entry<Integer, Request> request : List.copyOf(requests.entrySet())) {
            if (request.getValue().deadlineNanos() - nowNanos > 0) {
                break; // the requests stand in the order of their deadlines
            }
            requests.remove(request.getKey());
            restoration.onUnanswered(request.getKey(), nowNanos);
            request.getValue().filters().forEach(filter -> onUnanswered(filter, nowNanos));
        }
        restore(nowNanos);
        long nextNanos = Math.min(bursts.nextEndNanos(nowNanos), restoration.nextNanos(nowNanos));
        for (Request eldest : requests.values()) {
            return Math.min(nextNanos, eldest.deadlineNanos() - nowNanos);
        }
        return nextNanos;
    }
}
