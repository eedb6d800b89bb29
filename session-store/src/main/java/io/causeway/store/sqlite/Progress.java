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

    /**
     * Nothing can be committed.
     *
     * @return whether that is another reason than before
     */
    boolean onTrouble(String inWords) {
        failures.incrementAndGet();
        return !inWords.equals(trouble.getAndSet(inWords));
    }

    /** Returns whether there was trouble. */
    boolean onRecovery() {
        return trouble.getAndSet(null) != null;
    }

    Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
    }
}
