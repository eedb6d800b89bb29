package io.causeway.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Decides whether one more unknown client may come in. Owned by the shard's loop, which has its share of the rates. */
final class Admission {
    /** Hosts watched at once; when there are more, those that have been quiet are forgotten. */
    private static final int MAX_WATCHED_HOSTS = 10_000;

    private static final long SWEEP_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final double perAddress;
    private final TokenBucket total;
    private final Map<Object, TokenBucket> byHost = new HashMap<>();
    private long sweptAtNanos;

    /** @param shards how many shards share the rates */
    Admission(AdmissionSettings settings, int shards, long nowNanos) {
        this.perAddress = Math.max(1, (double) settings.perAddressPerSecond() / shards);
        this.total = new TokenBucket(Math.max(1, (double) settings.connectsPerSecond() / shards), nowNanos);
        this.sweptAtNanos = nowNanos;
    }

    boolean admits(NetworkIdentity from, long nowNanos) {
        TokenBucket host = byHost.get(from.admissionKey());
        if (host == null) {
            sweep(nowNanos);
            if (byHost.size() >= MAX_WATCHED_HOSTS) {
                return total.tryTake(nowNanos);
            }
            host = new TokenBucket(perAddress, nowNanos);
            byHost.put(from.admissionKey(), host);
        }
        return host.tryTake(nowNanos) && total.tryTake(nowNanos);
    }

    private void sweep(long nowNanos) {
        if (byHost.size() >= MAX_WATCHED_HOSTS && nowNanos - sweptAtNanos >= SWEEP_INTERVAL_NANOS) {
            sweptAtNanos = nowNanos;
            byHost.values().removeIf(each -> each.isFull(nowNanos));
        }
    }
}
