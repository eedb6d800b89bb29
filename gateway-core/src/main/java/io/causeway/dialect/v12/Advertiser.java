package io.causeway.dialect.v12;

import io.causeway.codec.v12.Advertise;
import io.causeway.session.Shard;
import io.causeway.timer.Timer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tells a link every so often that there is a gateway (1.2 §6.1), as long as it has a server to offer. The Duration it
 * announces is true: clients count on it. Owned by the loop of its shard.
 */
public final class Advertiser {
    /** While there is no server, looked for one so often. */
    private static final long POLL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Shard shard;
    private final BooleanSupplier serverAvailable;
    private final Consumer<Advertise> link;
    private final Advertise advertise;
    private final long intervalNanos;
    private final Timer timer = new Timer((unused, nowNanos) -> onTimer(nowNanos));

    /**
     * @param interval whole seconds, 1 to 65,535
     * @param link     broadcasts to everybody on one link
     * @throws IllegalArgumentException if the interval is shorter or longer
     */
    public Advertiser(
            int gatewayId, Duration interval, Shard shard, BooleanSupplier serverAvailable, Consumer<Advertise> link) {
        if (interval.toSeconds() < 1) {
            throw new IllegalArgumentException("an interval of " + interval + " would be no pause at all");
        }
        this.shard = shard;
        this.serverAvailable = serverAvailable;
        this.link = link;
        this.advertise = new Advertise(gatewayId, Math.toIntExact(interval.toSeconds()));
        this.intervalNanos = Duration.ofSeconds(advertise.durationSeconds()).toNanos();
    }

    /** Advertises at once, and then again and again. */
    public void start(long nowNanos) {
        onTimer(nowNanos);
    }

    private void onTimer(long nowNanos) {
        boolean available = serverAvailable.getAsBoolean();
        if (available) {
            link.accept(advertise);
        }
        shard.arm(timer, nowNanos + (available ? intervalNanos : POLL_NANOS));
    }
}
