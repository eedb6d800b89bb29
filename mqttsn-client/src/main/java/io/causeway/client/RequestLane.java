package io.causeway.client;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Subscribe;
import io.causeway.timer.ExpiryListener;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The requests of one kind: at most a window of them is unanswered (1.2 §6.5, §6.6, §6.9), the others wait for their turn.
 * What is not answered within T_retry is sent again, N_retry times (1.2 §6.13). Owned by the session.
 */
final class RequestLane implements ExpiryListener {
    /** The session. */
    interface Owner {
        /** An exchange of this lane is over, and there is room for another. */
        void onSettled(long nowNanos);

        /** A packet is about to be sent again. */
        void onRepetition(Packet packet);

        /** All repetitions stayed without answer. The exchange is still in the lane. */
        void onNoResponse(RequestLane lane, Exchange exchange, long nowNanos);
    }

    private final ClientSettings settings;
    private final int window;
    private final PacketIds packetIds;
    private final PacketSink sink;
    private final Owner owner;
    private final TimerWheel wheel;
    private final Timer timer = new Timer(this);

    /** Those in flight, then those that wait. Small, because most lanes of most clients are empty, and clients are many. */
    private final ArrayDeque<Attempt> attempts = new ArrayDeque<>(1);

    private int inFlight;

    RequestLane(
            int window, ClientSettings settings, PacketIds packetIds, TimerWheel wheel, PacketSink sink, Owner owner) {
        this.window = window;
        this.settings = settings;
        this.packetIds = packetIds;
        this.wheel = wheel;
        this.sink = sink;
        this.owner = owner;
    }

    boolean isIdle() {
        return attempts.isEmpty();
    }

    /** Whether the next request goes out at once. */
    boolean hasRoom() {
        return attempts.size() < window;
    }

    /** @param exchangeOf makes the exchange for the packet id that it is given */
    void submit(IntFunction<Exchange> exchangeOf, long nowNanos) {
        int packetId = packetIds.acquire();
        submit(packetId, exchangeOf.apply(packetId), nowNanos);
    }

    /** For packets without a packet id. */
    void submit(Exchange exchange, long nowNanos) {
        submit(PacketIds.NONE, exchange, nowNanos);
    }

    /** @param packetId acquired; released when the exchange is over */
    void submit(int packetId, Exchange exchange, long nowNanos) {
        if (attempts.size() - inFlight >= settings.queuedRequests()) {
            packetIds.release(packetId);
            exchange.onFailed(new RejectedException(ReturnCode.CONGESTION));
            return;
        }
        attempts.add(new Attempt(packetId, exchange));
        sendWaiting(nowNanos);
    }

    /** An answer without a packet id. */
    void onAnswer(Packet answer, long nowNanos) {
        onAnswer(PacketIds.NONE, answer, nowNanos);
    }

    /** An answer that fits nothing in flight is late or a duplicate, and ignored. */
    void onAnswer(int packetId, Packet answer, long nowNanos) {
        for (Iterator<Attempt> inOrder = attempts.iterator(); inOrder.hasNext(); ) {
            Attempt attempt = inOrder.next();
            if (attempt.packetId != packetId || !attempt.isInFlight) {
                continue;
            }
            Exchange.Step step = attempt.exchange.onAnswer(answer);
            if (step == Exchange.Step.CONTINUE) {
                attempt.packet = attempt.exchange.packet();
                attempt.repetitions = 0;
                send(attempt, nowNanos);
            } else if (step == Exchange.Step.REPLY) {
                attempt.packet = attempt.exchange.packet();
                sink.send(attempt.packet, nowNanos);
            } else if (step == Exchange.Step.SETTLE) {
                inOrder.remove();
                inFlight--;
                packetIds.release(packetId);
                attempt.exchange.onSettled(answer);
                sendWaiting(nowNanos);
                owner.onSettled(nowNanos);
            }
            return;
        }
    }

    /** The gateway is alive, but not done yet: the wait for its answer begins anew (1.2 §6.14). */
    void extend(long nowNanos) {
        long deadlineNanos = nowNanos + settings.retryInterval().toNanos();
        attempts.forEach(attempt -> attempt.deadlineNanos = deadlineNanos);
    }

    /** Forgets an exchange that stayed without answer, and goes on with the others. The caller tells it. */
    void giveUp(Exchange exchange, long nowNanos) {
        for (Iterator<Attempt> inOrder = attempts.iterator(); inOrder.hasNext(); ) {
            Attempt attempt = inOrder.next();
            if (attempt.exchange == exchange) {
                inOrder.remove();
                inFlight--;
                packetIds.release(attempt.packetId);
            } else if (attempt.isInFlight) {
                armFor(attempt);
            }
        }
        sendWaiting(nowNanos);
    }

    /** Forgets everything. The exchanges are not told: that is up to the caller. */
    List<Exchange> drain() {
        attempts.forEach(attempt -> packetIds.release(attempt.packetId));
        return suspend();
    }

    /** As {@link #drain}, but the packet ids stay taken: the exchanges are to go on under them. */
    List<Exchange> suspend() {
        wheel.disarm(timer);
        List<Exchange> suspended =
                attempts.stream().map(attempt -> attempt.exchange).toList();
        attempts.clear();
        inFlight = 0;
        return suspended;
    }

    @Override
    public void onExpiry(Timer expired, long nowNanos) {
        for (Attempt attempt : attempts.stream().limit(inFlight).toList()) {
            if (nowNanos - attempt.deadlineNanos < 0) {
                armFor(attempt);
            } else if (attempt.repetitions < settings.retryCount()) {
                attempt.repetitions++;
                attempt.packet = repetitionOf(attempt.packet);
                owner.onRepetition(attempt.packet);
                send(attempt, nowNanos);
            } else {
                owner.onNoResponse(this, attempt.exchange, nowNanos);
                return;
            }
        }
    }

    private void sendWaiting(long nowNanos) {
        while (inFlight < window && inFlight < attempts.size()) {
            Attempt next = firstWaiting();
            next.isInFlight = true;
            inFlight++;
            send(next, nowNanos);
        }
    }

    private Attempt firstWaiting() {
        for (Attempt attempt : attempts) {
            if (!attempt.isInFlight) {
                return attempt;
            }
        }
        throw new IllegalStateException("more in flight than there are");
    }

    private void send(Attempt attempt, long nowNanos) {
        attempt.deadlineNanos = nowNanos + settings.retryInterval().toNanos();
        armFor(attempt);
        sink.send(attempt.packet, nowNanos);
    }

    /** A deadline that has moved is looked at again on expiry. */
    private void armFor(Attempt attempt) {
        if (!timer.isArmed() || timer.deadlineNanos() - attempt.deadlineNanos > 0) {
            wheel.arm(timer, attempt.deadlineNanos);
        }
    }

    private static Packet repetitionOf(Packet packet) {
        if (packet instanceof Publish first) {
            return new Publish(
                    true,
                    first.qos(),
                    first.retain(),
                    first.topicIdType(),
                    first.topicId(),
                    first.msgId(),
                    first.data());
        }
        if (packet instanceof Subscribe first) {
            return new Subscribe(true, first.qos(), first.msgId(), first.topic());
        }
        return packet;
    }

    /** An exchange on its way. */
    private static final class Attempt {
        final int packetId;
        final Exchange exchange;
        Packet packet;
        boolean isInFlight;
        int repetitions;
        long deadlineNanos;

        Attempt(int packetId, Exchange exchange) {
            this.packetId = packetId;
            this.exchange = exchange;
            this.packet = exchange.packet();
        }
    }
}
