package io.causeway.session;

import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.store.StoredSubscription;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SUBSCRIBE and UNSUBSCRIBE of one client (1.2 §6.9): asked of the upstream, answered when the upstream has answered.
 * Owned by the session's loop.
 */
final class SubscribeFlow {
    /** How MQTT 5 names shared subscriptions (§4.8.2); MQTT-SN 1.2 has none. */
    private static final String SHARED = "$share/";

    /** What the flow needs of its session. */
    interface Host {
        @Nullable
        ClientPort port();

        TopicAliases aliases();

        Subscriptions subscriptions();

        /** A subscription may deliver now. */
        void onSubscriptionSettled(long nowNanos);

        /** Drops what waits and matches no subscription any more. */
        void removeUnwanted();

        void count(Count count);
    }

    /**
     * @param topic  two octets that name the topic, unless the form is NORMAL
     * @param filter what is subscribed to, not checked yet; empty if the topic is not known
     */
    record Request(int packetId, Qos qos, TopicForm form, int topic, String filter) {}

    private final Host host;
    private final ClientSession session;
    private final SessionContext context;
    private final SessionRecord record;
    private final SessionSettings settings;
    private final List<Pending> pending = new ArrayList<>(1);
    private int unsubscribing;
    private boolean abandoned;

    SubscribeFlow(Host host, ClientSession session, SessionContext context, SessionRecord record) {
        this.host = host;
        this.session = session;
        this.context = context;
        this.record = record;
        this.settings = context.settings();
    }

    /** Whether a subscription that means this topic is asked for and not answered. */
    boolean isPendingFor(String topic) {
        for (Pending open : pending) {
            if (open.filter.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    void onSubscribe(Request request) {
        for (Pending open : pending) {
            if (open.request.equals(request)) {
                return; // repeated before we could answer
            }
        }
        Optional<TopicFilter> filter = TopicFilter.parse(request.filter());
        if (filter.isEmpty()) {
            boolean unknownAlias = request.form() == TopicForm.PREDEFINED;
            refuse(request, unknownAlias ? ReasonCode.INVALID_TOPIC_ALIAS : ReasonCode.NOT_SUPPORTED);
            return;
        }
        if (filter.get().value().startsWith(SHARED)) {
            refuse(
                    request,
                    ReasonCode.NOT_SUPPORTED); // else it would stand for a topic of that name, and bring nothing
            return;
        }
        if (!context.authorizer().maySubscribe(session.access(), filter.get())) {
            forbid(request);
            return;
        }
        if (!isRoomFor(filter.get()) || !record.isTaking()) {
            refuse(request, ReasonCode.CONGESTION);
            return;
        }
        if (needsAlias(request, filter.get())
                && host.aliases().assign(request.filter()).isEmpty()) {
            refuse(request, ReasonCode.CONGESTION);
            return;
        }
        Pending opened = new Pending(request, filter.get());
        pending.add(opened);
        context.upstream().subscribe(session, filter.get(), request.qos(), opened);
    }

    /** What is not subscribed is as good as unsubscribed. Too many at once get no answer: the client repeats. */
    void onUnsubscribe(int packetId, String filterText) {
        Optional<TopicFilter> filter = TopicFilter.parse(filterText);
        if (filter.isEmpty()) {
            acknowledgeUnsubscribe(packetId);
            return;
        }
        if (isBusy()) {
            return;
        }
        unsubscribing++;
        remove(filter.get());
        pending.stream().filter(each -> each.filter.equals(filter.get())).forEach(each -> each.withdrawn = true);
        context.upstream()
                .unsubscribe(session, filter.get(), () -> context.post(session, nowNanos -> onUnsubscribed(packetId)));
    }

    /** The session ends: subscriptions that the upstream still grants are given back. */
    void abandon() {
        abandoned = true;
    }

    /** What was stored stands, for its client takes it to stand; if the upstream does not agree, we are told. */
    void restore(List<StoredSubscription> stored) {
        for (StoredSubscription each : stored) {
            Subscription subscription = Subscription.of(each);
            host.subscriptions().put(subscription);
            context.upstream().resume(session, subscription.filter(), subscription.qos());
        }
    }

    /** The upstream has given up a subscription: the client is told that its session is not what it was. */
    void onLost(TopicFilter filter, long nowNanos) {
        if (abandoned || !host.subscriptions().contains(filter)) {
            return;
        }
        host.count(Count.SUBSCRIPTIONS_LOST);
        context.log().warning(nowNanos, "subscription lost", session.clientId(), session.identity(), filter.value());
        remove(filter);
        session.onDisconnect(nowNanos);
    }

    private void remove(TopicFilter filter) {
        if (host.subscriptions().contains(filter)) {
            host.subscriptions().remove(filter);
            record.remove(filter);
        }
    }

    private boolean isRoomFor(TopicFilter filter) {
        if (isBusy()) {
            return false;
        }
        Subscriptions subscriptions = host.subscriptions();
        return subscriptions.contains(filter)
                || (subscriptions.size() + pending.size() < settings.maxSubscriptions()
                        && subscriptions.hasRoomFor(filter));
    }

    /** Bounds what waits in the upstream for one client. */
    private boolean isBusy() {
        return pending.size() + unsubscribing >= settings.maxInboundInFlight();
    }

    private static boolean needsAlias(Request request, TopicFilter filter) {
        return request.form() == TopicForm.NORMAL && !filter.hasWildcards();
    }

    private void onUnsubscribed(int packetId) {
        unsubscribing--;
        acknowledgeUnsubscribe(packetId);
    }

    private void acknowledgeUnsubscribe(int packetId) {
        host.removeUnwanted();
        ClientPort port = host.port();
        if (port != null) {
            port.unsubAck(packetId);
        }
    }

    private void forbid(Request request) {
        host.count(Count.SUBSCRIBES_FORBIDDEN);
        answerRefused(request, ReasonCode.NOT_SUPPORTED);
    }

    private void refuse(Request request, ReasonCode reason) {
        host.count(Count.SUBSCRIBES_REFUSED);
        answerRefused(request, reason);
    }

    private void answerRefused(Request request, ReasonCode reason) {
        ClientPort port = host.port();
        if (port != null) {
            port.subAck(Qos.AT_MOST_ONCE, 0, request.packetId(), reason);
        }
    }

    private void onAnswered(Pending answered, long nowNanos) {
        pending.remove(answered);
        Qos granted = answered.granted;
        if (granted == null) {
            refuse(answered.request, ReasonCode.of(answered.refusal));
        } else if (abandoned) {
            context.upstream().unsubscribe(session, answered.filter, () -> {});
            return;
        } else {
            accept(answered, granted);
        }
        host.onSubscriptionSettled(nowNanos);
    }

    private void accept(Pending answered, Qos granted) {
        Request request = answered.request;
        host.count(Count.SUBSCRIBES);
        if (!answered.withdrawn) {
            Subscription subscription = new Subscription(answered.filter, granted, request.form());
            host.subscriptions().put(subscription);
            record.put(subscription);
        }
        host.aliases().liftSuppression();
        ClientPort port = host.port();
        if (port != null) {
            port.subAck(granted, topicFor(answered), request.packetId(), ReasonCode.SUCCESS);
        }
    }

    /** What deliveries will name the topic by; 0 with wildcards, which mean many (1.2 §6.9). */
    private int topicFor(Pending answered) {
        if (answered.filter.hasWildcards()) {
            return 0;
        }
        Request request = answered.request;
        return request.form() == TopicForm.NORMAL ? tellAlias(request.filter()) : request.topic();
    }

    private int tellAlias(String topicName) {
        return host.aliases().tell(topicName).map(each -> each.value).orElse(0);
    }

    /** An open SUBSCRIBE. Its answer comes on any thread; the mailbox orders the fields that both touch. */
    private final class Pending implements SubscribeCallback {
        private final Request request;
        private final TopicFilter filter;
        private boolean withdrawn;
        private @Nullable Qos granted;
        private Refusal refusal = Refusal.CONGESTION;

        private Pending(Request request, TopicFilter filter) {
            this.request = request;
            this.filter = filter;
        }

        @Override
        public void onSubscribed(Qos grantedQos) {
            granted = grantedQos;
            context.post(session, nowNanos -> onAnswered(this, nowNanos));
        }

        @Override
        public void onRefused(Refusal why) {
            refusal = why;
            context.post(session, nowNanos -> onAnswered(this, nowNanos));
        }
    }
}
