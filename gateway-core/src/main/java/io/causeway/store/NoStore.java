package io.causeway.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** See {@link SessionStore#NONE}. */
final class NoStore implements SessionStore {
    private final AtomicLong lastId = new AtomicLong();

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public void load(Contents contents) {
        // There is nothing.
    }

    @Override
    public long nextId() {
        return lastId.incrementAndGet();
    }

    @Override
    public Changes begin() {
        return new Changes(Changes::becomeDurable);
    }

    @Override
    public boolean isTaking() {
        return true;
    }

    @Override
    public void hurry() {
        // Nothing waits for company.
    }

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    public List<StoredForward> forwards(String link, long after, int limit) {
        return List.of();
    }

    @Override
    public void outlines(String link, Consumer<StoredForward.Outline> visitor) {
        // There is nothing.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
