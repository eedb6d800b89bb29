package io.causeway.store.sqlite;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How the writer fares: written by it, read by any thread. */
final class Progress {
    final AtomicLong commits = new AtomicLong();
    final AtomicLong changes = new AtomicLong();
    final AtomicLong swept = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong failedFollowers = new AtomicLong();
    final AtomicLong lastCommitNanos = new AtomicLong();
    final AtomicLong longestCommitNanos = new AtomicLong();
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();

    void onCommit(int written, long durationNanos) {
        commits.incrementAndGet();
        changes.addAndGet(written);
        lastCommitNanos.set(durationNanos);
        longestCommitNanos.accumulateAndGet(durationNanos, Math::max);
    }

    /** Why nothing can be committed. */
    void onTrouble(String inWords) {
        failures.incrementAndGet();
        trouble.set(inWords);
    }

    void onRecovery() {
        trouble.set(null);
    }

    Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
    }
}
