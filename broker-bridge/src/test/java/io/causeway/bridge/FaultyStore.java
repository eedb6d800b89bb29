package io.causeway.bridge;

import io.causeway.store.Changes;
import io.causeway.store.Contents;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.SessionStore;
import io.causeway.store.StoreUnreadableException;
import io.causeway.store.StoredForward;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A store in memory with damaged rows, or on a disk that cannot be read for a while. */
final class FaultyStore implements SessionStore {
    private final MemorySessionStore sound;
    private final Set<Long> damaged = new HashSet<>();
    private boolean unreadable;
    private long failingId;
    private int readsToFailure;

    FaultyStore(MemorySessionStore sound) {
        this.sound = sound;
    }

    /** Its outline can still be seen. */
    void damage(long sequence) {
        damaged.add(sequence);
    }

    void setUnreadable(boolean nowUnreadable) {
        unreadable = nowUnreadable;
    }

    /** Of messages, from 1: this once. */
    void failOnRead(int number) {
        readsToFailure = number;
    }

    /** As by a bug. */
    void failOnId(long id) {
        failingId = id;
    }

    private void read() {
        if (unreadable) {
            throw new StoreUnreadableException("the disk is broken", new IOException());
        }
    }

    @Override
    public List<StoredForward> forwards(String link, long after, int limit) {
        read();
        readsToFailure--;
        if (readsToFailure == 0) {
            throw new StoreUnreadableException("the disk hiccups", new IOException());
        }
        return sound.forwards(link, after, Integer.MAX_VALUE).stream()
                .filter(each -> !damaged.contains(each.sequence()))
                .limit(limit)
                .toList();
    }

    @Override
    public void outlines(String link, Consumer<StoredForward.Outline> visitor) {
        read();
        sound.outlines(link, visitor);
    }

    @Override
    public boolean isDurable() {
        return sound.isDurable();
    }

    @Override
    public void load(Contents contents) {
        read();
        sound.load(contents);
    }

    @Override
    public long nextId() {
        long next = sound.nextId();
        if (next == failingId) {
            throw new IllegalStateException("as the test wants it");
        }
        return next;
    }

    @Override
    public Changes begin() {
        return sound.begin();
    }

    @Override
    public boolean isTaking() {
        return sound.isTaking();
    }

    @Override
    public void hurry() {
        sound.hurry();
    }

    @Override
    public Optional<String> trouble() {
        return sound.trouble();
    }

    @Override
    public void close() {
        sound.close();
    }
}
