package io.causeway.radio.xbee;

import io.causeway.radio.LinkMeter;
import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.RadioAddresses;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What is on its way out: to each node one datagram at a time, in order; to all of them together as many as the radio has
 * room for. What a node is slow to take, or does not take at all, waits without being in the way of the others. Owned by
 * the loop.
 */
final class Transmissions {
    /** Puts a transmission on the line, and is told what concerns more than its node. */
    interface Radio {
        /** @return whether the line has taken it, with the time-out of its status set */
        boolean transmit(Transmission transmission);

        /** It was refused because the radio is in no network. */
        void onRefusedUnjoined();

        /** It was not: the radio has a network, whatever became of it there. */
        void onAccepted();

        /** It cannot arrive as radio or node are set up; told once for a node. */
        void onMisconfigured(XBeeAddress node, int statusCode);
    }

    /** A datagram that has waited so long has been repeated, or given up, by who sent it. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** A node that is awake has got its datagram by then, or will not; only the status may be missing. */
    private static final Duration HEARD_GRACE = Duration.ofSeconds(2);

    private static final int MOST_ATTEMPTS = 2;
    private static final int MOST_BACK_OFF_SHIFT = 5;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Radio radio;
    private final Window window;
    private final PayloadLimits limits;
    private final LinkMeter traffic;
    private final XBeeMeter meter;
    private final RandomGenerator random;
    private final Duration broadcastInterval;
    private final Node everybody = new Node(new XBeeAddress.Serial(RadioAddresses.BROADCAST_64));

    private final UnderWay underWay;
    private final Backlog backlog = new Backlog();
    private final Turns ready = new Turns();
    private final Set<Node> paused = new LinkedHashSet<>();
    private boolean open;

    Transmissions(
            XBeeSettings settings,
            Radio radio,
            FrameIds ids,
            PayloadLimits limits,
            LinkMeter traffic,
            XBeeMeter meter,
            RandomGenerator random) {
        this.radio = radio;
        this.window = new Window(settings.window());
        this.underWay = new UnderWay(ids, window);
        this.broadcastInterval = settings.broadcastInterval();
        this.limits = limits;
        this.traffic = traffic;
        this.meter = meter;
        this.random = random;
        everybody.isProven = true;
    }

    int waiting() {
        return backlog.datagrams();
    }

    /** How many nodes seem away, so that what is for them waits. */
    int heldNodes() {
        int held = 0;
        for (Node node : paused) {
            held += node.isHeld ? 1 : 0;
        }
        return held;
    }

    int window() {
        return window.size();
    }

    /** Queues a datagram for a node; drops and counts it if too much waits already. */
    void add(Node node, Octets payload, long nowNanos) {
        add(new Transmission(node, payload, 0, nowNanos), nowNanos);
    }

    /**
     * Queues a datagram for all nodes. One that waits already is not queued twice: an answer to one search is an answer
     * to all of them.
     */
    void addBroadcast(Octets payload, int radius, long nowNanos) {
        for (Transmission queued : everybody.queue) {
            if (queued != everybody.underWay && queued.payload.equals(payload)) {
                queued.radius = queued.radius == 0 || radius == 0 ? 0 : Math.max(queued.radius, radius);
                return;
            }
        }
        add(new Transmission(everybody, payload, radius, nowNanos), nowNanos);
    }

    private void add(Transmission transmission, long nowNanos) {
        if (!backlog.hasRoomFor(transmission)) {
            traffic.sendOverflowed();
            return;
        }
        Node node = transmission.node;
        node.queue.add(transmission);
        backlog.onAdded(transmission);
        offer(node);
        send(nowNanos);
    }

    /** The radio can send. */
    void open(long nowNanos) {
        open = true;
        send(nowNanos);
    }

    /** The radio cannot send: everything waits. */
    void close() {
        open = false;
    }

    /** The radio has forgotten what is under way, or nobody knows whether it has: it ends with an unknown outcome. */
    void forgetUnderWay() {
        close();
        for (Transmission each : underWay.endAll()) {
            if (mayGoAgain(each)) {
                offer(each.node);
            } else {
                meter.statusLost();
                remove(each);
            }
        }
    }

    /** A node has sent something: what is held for it can go, and a status that is overdue is not waited for. */
    void onHeard(Node node, long nowNanos) {
        node.onPresent();
        Transmission unanswered = node.underWay;
        if (unanswered != null && nowNanos - unanswered.sentNanos >= HEARD_GRACE.toNanos()) {
            underWay.end(unanswered.frameId);
            meter.statusLost();
            remove(unanswered);
            send(nowNanos);
        }
        if (node.isHeld) {
            paused.remove(node);
            resume(node);
            send(nowNanos);
        }
    }

    void onTick(long nowNanos) {
        for (Transmission each : underWay.endTimedOut(nowNanos)) {
            meter.statusLost();
            remove(each);
        }
        for (Iterator<Node> all = paused.iterator(); all.hasNext(); ) {
            Node node = all.next();
            dropExpired(node, nowNanos);
            if (nowNanos - node.pausedUntilNanos >= 0) {
                all.remove();
                resume(node);
            }
        }
        for (Node node : ready.all()) { // must not keep fresh ones out while nothing can be sent
            dropExpired(node, nowNanos);
        }
        send(nowNanos);
    }

    /**
     * The radio tells how a transmission went.
     *
     * @param address16 where it was delivered, or {@link RadioAddresses#UNKNOWN_16}
     */
    void onStatus(int frameId, int code, int address16, long nowNanos) {
        Transmission transmission = underWay.end(frameId);
        if (transmission == null) {
            meter.statusUnknown();
            return;
        }
        DeliveryStatus status = DeliveryStatus.of(code);
        if (status != DeliveryStatus.NOT_JOINED) {
            radio.onAccepted();
        }
        if (status == DeliveryStatus.DELIVERED) {
            onDelivered(transmission, address16, nowNanos);
        } else {
            onFailed(transmission, status, code, nowNanos);
        }
        send(nowNanos);
    }

    private void onDelivered(Transmission transmission, int address16, long nowNanos) {
        Node node = transmission.node;
        if (node != everybody) { // of a broadcast the radio only says that it has sent it
            window.onDelivered(nowNanos - transmission.sentNanos, node.isEndDevice);
            node.learnAddress16(address16);
            node.onPresent();
            node.isProven = true;
        }
        remove(transmission);
    }

    private void onFailed(Transmission transmission, DeliveryStatus status, int code, long nowNanos) {
        Node node = transmission.node;
        meter.failed(status);
        if (status.meansAbsence()) {
            node.forgetAddress16();
        }
        switch (status) {
            case NO_BUFFERS -> window.onNoBuffers(nowNanos);
            case NOT_JOINED -> radio.onRefusedUnjoined();
            case TOO_LARGE -> lowerLimit(transmission);
            case MISCONFIGURED -> tellMisconfigured(node, code);
            default -> {}
        }
        if (status.provesUnsent()) {
            transmission.attempts--;
            transmission.refusals++;
        }
        boolean isStillAway = status.meansAbsence() && node.seemsAway();
        if (status.isWorthAnotherTry() && !isStillAway && mayGoAgain(transmission)) {
            meter.retried();
            long span = status.mostPauseMillis() - status.leastPauseMillis();
            long millis = status.leastPauseMillis() + random.nextLong(span + 1);
            pause(node, millis << Math.min(transmission.refusals, MOST_BACK_OFF_SHIFT), nowNanos);
            return;
        }
        traffic.sendFailed();
        remove(transmission);
        if (status.meansAbsence() && node != everybody) {
            pause(node, node.holdMillis(), nowNanos);
            node.isHeld = true;
        }
    }

    private void lowerLimit(Transmission refused) {
        int octets = refused.payload.length();
        if (refused.node == everybody) {
            limits.onBroadcastTooLarge(octets);
        } else {
            limits.onTooLarge(refused.node.address, octets);
        }
    }

    private void tellMisconfigured(Node node, int code) {
        if (!node.isMisconfigured) {
            node.isMisconfigured = true;
            radio.onMisconfigured(node.address, code);
        }
    }

    private static boolean mayGoAgain(Transmission transmission) {
        return transmission.attempts == 0
                || (transmission.attempts < MOST_ATTEMPTS && Datagrams.mayBeRepeated(transmission.payload));
    }

    private void pause(Node node, long millis, long nowNanos) {
        long until = nowNanos + millis * NANOS_PER_MILLI;
        if (!node.isPaused || until - node.pausedUntilNanos > 0) {
            node.pausedUntilNanos = until;
        }
        node.isPaused = true;
        ready.remove(node);
        paused.add(node);
    }

    private void resume(Node node) {
        node.isPaused = false;
        node.isHeld = false;
        offer(node);
    }

    private void offer(Node node) {
        if (node.mayBeSentTo()) {
            ready.add(node);
        }
    }

    /** Sends to one node after the other, as long as there is room. */
    private void send(long nowNanos) {
        while (open && underWay.hasRoom(nowNanos)) {
            Node node = ready.next(underWay.hasRoomForStranger(nowNanos));
            if (node == null) {
                return;
            }
            dropExpired(node, nowNanos);
            dropTooLarge(node);
            Transmission next = node.queue.peek();
            if (next == null) {
                ready.remove(node);
                continue;
            }
            underWay.begin(next, nowNanos);
            if (!radio.transmit(next)) {
                underWay.end(next.frameId); // the line is full, or gone: the next tick tries again
                return;
            }
            onSent(next, nowNanos);
        }
    }

    private void onSent(Transmission transmission, long nowNanos) {
        Node node = transmission.node;
        if (transmission.attempts + transmission.refusals == 0) {
            traffic.sent(transmission.payload.length());
        }
        transmission.attempts++;
        ready.remove(node);
        if (node == everybody) {
            pause(node, broadcastInterval.toMillis(), nowNanos);
        }
    }

    private void remove(Transmission transmission) {
        Node node = transmission.node;
        node.queue.remove();
        backlog.onRemoved(transmission);
        if (node.queue.isEmpty()) {
            ready.remove(node);
        }
        offer(node);
    }

    private void dropExpired(Node node, long nowNanos) {
        Transmission first = node.queue.peek();
        while (first != null && first != node.underWay && nowNanos - first.queuedNanos > LONGEST_WAIT.toNanos()) {
            meter.expired();
            remove(first);
            first = node.queue.peek();
        }
    }

    /** The limit may have become lower since it was queued. */
    private void dropTooLarge(Node node) {
        int most = node == everybody ? limits.broadcastOctets() : limits.octets(node.address);
        Transmission first = node.queue.peek();
        while (first != null && first.payload.length() > most) {
            traffic.oversized();
            remove(first);
            first = node.queue.peek();
        }
    }
}
