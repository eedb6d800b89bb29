package io.causeway.client;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Subscribe;
import io.causeway.timer.ExpiryListener;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
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

        /** All repetitions stayed without answer. The exchange has left the lane, but was not told. */
        void onNoResponse(Exchange exchange, long nowNanos);
    }

    private final ClientSettings settings;
    private final int window;
    private final PacketIds packetIds;
    private final PacketSink sink;
    private final Owner owner;
    private final TimerWheel wheel;
    private final Timer timer = new Timer(this);

    private final ArrayDeque<Attempt> waiting = new ArrayDeque<>();
    private final ArrayDeque<Attempt> inFlight = new ArrayDeque<>();

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
        return inFlight.isEmpty() && waiting.isEmpty();
    }

    /** Whether the next request goes out at once. */
    boolean hasRoom() {
        return waiting.isEmpty() && inFlight.size() < window;
    }

    /** @param exchangeOf makes the exchange for the packet id that it is given */
    void submit(IntFunction<Exchange> exchangeOf, long nowNanos) {
        int packetId = packetIds.acquire();
        submit(new Attempt(packetId, exchangeOf.apply(packetId)), nowNanos);
    }

    /** For packets without a packet id. */
    void submit(Exchange exchange, long nowNanos) {
        submit(new Attempt(PacketIds.NONE, exchange), nowNanos);
    }

    private void submit(Attempt attempt, long nowNanos) {
        if (waiting.size() >= settings.queuedRequests()) {
            packetIds.release(attempt.packetId);
            attempt.exchange.onFailed(new RejectedException(ReturnCode.CONGESTION));
            return;
        }
        waiting.add(attempt);
        sendWaiting(nowNanos);
    }

    /** An answer without a packet id. */
    void onAnswer(Packet answer, long nowNanos) {
        onAnswer(PacketIds.NONE, answer, nowNanos);
    }

    /** An answer that fits nothing in flight is late or a duplicate, and ignored. */
    void onAnswer(int packetId, Packet answer, long nowNanos) {
        for (Iterator<Attempt> attempts = inFlight.iterator(); attempts.hasNext(); ) {
            Attempt attempt = attempts.next();
            if (attempt.packetId != packetId) {
                continue;
            }
            Exchange.Step step = attempt.exchange.onAnswer(answer);
            if (step instanceof Exchange.Step.Continue onward) {
                attempt.packet = onward.next();
                attempt.repetitions = 0;
                send(attempt, nowNanos);
            } else if (step instanceof Exchange.Step.Settle end) {
                attempts.remove();
                packetIds.release(packetId);
                end.tell().run();
                sendWaiting(nowNanos);
                owner.onSettled(nowNanos);
            }
            return;
        }
    }

    /** The gateway is alive, but not done yet: the wait for its answer begins anew (1.2 §6.14). */
    void extend(long nowNanos) {
        for (Attempt attempt : inFlight) {
            attempt.deadlineNanos = nowNanos + settings.retryInterval().toNanos();
        }
    }

    /** Forgets everything. The exchanges are not told: that is up to the caller. */
    List<Exchange> drain() {
        wheel.disarm(timer);
        List<Exchange> abandoned = new ArrayList<>();
        for (Collection<Attempt> attempts : List.of(inFlight, waiting)) {
            for (Attempt attempt : attempts) {
                packetIds.release(attempt.packetId);
                abandoned.add(attempt.exchange);
            }
            attempts.clear();
        }
        return abandoned;
    }

    @Override
    public void onExpiry(Timer expired, long nowNanos) {
        for (Attempt attempt : List.copyOf(inFlight)) {
            if (nowNanos - attempt.deadlineNanos < 0) {
                armFor(attempt);
                continue;
            }
            if (attempt.repetitions == settings.retryCount()) {
                inFlight.remove(attempt);
                packetIds.release(attempt.packetId);
                owner.onNoResponse(attempt.exchange, nowNanos);
                return;
            }
            attempt.repetitions++;
            attempt.packet = repetitionOf(attempt.packet);
            send(attempt, nowNanos);
        }
    }

    private void sendWaiting(long nowNanos) {
        while (inFlight.size() < window && !waiting.isEmpty()) {
            Attempt attempt = waiting.remove();
            inFlight.add(attempt);
            send(attempt, nowNanos);
        }
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
        int repetitions;
        long deadlineNanos;

        Attempt(int packetId, Exchange exchange) {
            this.packetId = packetId;
            this.exchange = exchange;
            this.packet = exchange.opening();
        }
    }
}
