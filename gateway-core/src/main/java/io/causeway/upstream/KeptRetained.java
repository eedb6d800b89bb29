package io.causeway.upstream;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.MessageProperties;
import io.causeway.routing.RetainedStore;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.SessionStore;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Retained messages that are kept over a restart: what changes in the {@link RetainedStore} is submitted to the {@link
 * SessionStore} in the same order. While nothing becomes durable, only the topics that have changed are noted, and later
 * what they have by then is submitted: so what waits is never more than what is retained, here or in the store.
 *
 * <p>Safe for many threads: all is done under the lock of the retained messages. The one writer of them, but for those
 * that are not kept.
 */
final class KeptRetained {
    private final RetainedStore messages;
    private final SessionStore store;
    /** Topics that have changed since the last unit, and whether the store has a message of theirs, or will. */
    private final Map<String, Boolean> changed = new LinkedHashMap<>();
    /** Topics whose messages only the store has: there was no room for them. */
    private final Set<String> leftOut = new HashSet<>();

    private @Nullable Changes last;
    private Changes next;
    /** The next unit waits for the last one. */
    private boolean deferred;
    /** Some message had an expiry: without, nothing is ever to be swept away. */
    private boolean expiring;

    KeptRetained(RetainedStore messages, SessionStore store) {
        this.messages = messages;
        this.store = store;
        this.next = store.begin();
    }

    /** Stores the message in place of the former one; an empty payload deletes. False if there is no room. */
    boolean store(ApplicationMessage message) {
        return messages.exclusively(() -> {
            String topic = message.topic();
            boolean isKept = messages.find(topic).isPresent() || leftOut.contains(topic);
            if (!storeHere(message)) {
                return false;
            }
            leftOut.remove(topic);
            note(topic, isKept, !message.payload().isEmpty());
            submitInTurn();
            return true;
        });
    }

    /** Takes up a message that the store has. False if there is no room: there it stays. */
    boolean restore(ApplicationMessage message) {
        return messages.exclusively(() -> {
            boolean stored = storeHere(message);
            if (!stored) {
                leftOut.add(message.topic());
            }
            return stored;
        });
    }

    /**
     * Has something done, on any thread, when all that was stored up to now is durable: of each topic that message, or a
     * later one.
     */
    void whenDurable(Runnable follower) {
        Changes awaited = messages.exclusively(() -> deferred ? next : last);
        if (awaited == null) {
            follower.run();
        } else {
            awaited.whenDurable(follower);
        }
    }

    void removeExpired(long nowNanos) {
        messages.exclusively(() -> {
            int removed = expiring ? messages.removeIf(each -> isExpired(each, nowNanos)) : 0;
            submitInTurn();
            return removed;
        });
    }

    private boolean isExpired(ApplicationMessage message, long nowNanos) {
        boolean expired = message.properties().isExpired(nowNanos);
        if (expired) {
            note(message.topic(), true, false);
        }
        return expired;
    }

    private boolean storeHere(ApplicationMessage message) {
        expiring |= message.properties().expirySeconds() != MessageProperties.NEVER;
        return messages.store(message);
    }

    /**
     * @param isKept the store has a message of this topic, or will, unless the topic has been noted
     * @param isHere there is one now
     */
    private void note(String topic, boolean isKept, boolean isHere) {
        if (!store.isDurable()) {
            return;
        }
        boolean wasKept = changed.getOrDefault(topic, isKept);
        if (wasKept || isHere) {
            changed.put(topic, wasKept);
        } else {
            changed.remove(topic);
        }
    }

    private void submitInTurn() {
        Changes before = last;
        if (before == null || before.isDurable() || store.isTaking()) {
            submit();
        } else if (!deferred && !changed.isEmpty()) {
            deferred = true;
            before.whenDurable(() -> messages.exclusively(this::submit));
        }
    }

    /** False if there is nothing to submit. */
    private boolean submit() {
        if (!deferred && changed.isEmpty()) {
            return false;
        }
        Changes unit = next;
        last = unit;
        next = store.begin();
        deferred = false;
        changed.keySet().forEach(topic -> unit.add(changeOf(topic)));
        changed.clear();
        unit.submit();
        return true;
    }

    private Change changeOf(String topic) {
        return messages.find(topic)
                .<Change>map(Change.PutRetained::new)
                .orElseGet(() -> new Change.RemoveRetained(topic));
    }
}
