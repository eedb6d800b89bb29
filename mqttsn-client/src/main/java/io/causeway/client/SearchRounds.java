package io.causeway.client;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.SearchGw;
import io.causeway.timer.ExpiryListener;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import java.util.random.RandomGenerator;

/**
 * When SEARCHGW is sent (1.2 §6.1): first after a random delay, then at intervals that double, until somebody has answered
 * or all attempts are made. Owned by the event loop of the wheel.
 */
final class SearchRounds implements ExpiryListener {
    /** Who searches. */
    interface Owner {
        void send(SearchGw question);

        /** The last interval has passed without {@link #stop}. */
        void onNobody();
    }

    private final GatewaySearch search;
    private final RandomGenerator random;
    private final TimerWheel wheel;
    private final Owner owner;
    private final Timer timer = new Timer(this);
    private int attempts;
    private long intervalNanos;

    SearchRounds(GatewaySearch search, RandomGenerator random, TimerWheel wheel, Owner owner) {
        this.search = search;
        this.random = random;
        this.wheel = wheel;
        this.owner = owner;
    }

    /** Begins, or begins anew. */
    void start(long nowNanos) {
        attempts = 0;
        intervalNanos = search.interval().toNanos();
        long maxDelayNanos = search.maxDelay().toNanos();
        if (maxDelayNanos == 0) {
            onExpiry(timer, nowNanos);
        } else {
            wheel.arm(timer, nowNanos + random.nextLong(maxDelayNanos));
        }
    }

    void stop() {
        wheel.disarm(timer);
    }

    /** The question of another client, while ours is still delayed, is as good as ours. */
    void onPacket(Packet packet, long nowNanos) {
        boolean isDelayed = timer.isArmed() && attempts == 0;
        if (isDelayed && packet.equals(new SearchGw(search.radius()))) {
            waitForAnswer(nowNanos);
        }
    }

    @Override
    public void onExpiry(Timer expired, long nowNanos) {
        if (attempts == search.attempts()) {
            owner.onNobody();
            return;
        }
        waitForAnswer(nowNanos);
        owner.send(new SearchGw(search.radius()));
    }

    private void waitForAnswer(long nowNanos) {
        attempts++;
        wheel.arm(timer, nowNanos + intervalNanos);
        intervalNanos *= 2;
    }
}
