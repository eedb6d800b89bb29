package io.causeway.simulator.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the broker may have lost itself. Owned by the thread of the run. */
final class Doubts {
    private static final long UNKNOWN = -1;

    private int forgotten;

    /** A filter; empty if none. */
    private String refused = "";

    private long droppedBefore = UNKNOWN;
    private long dropped;

    /** The broker has no session any more, and delivers nothing of what came meanwhile. */
    void onSessionForgotten() {
        forgotten++;
    }

    /** The broker does not show any more what matches the filter. */
    void onRefused(String filter) {
        refused = filter;
    }

    /**
     * The broker's own count of messages that it had no room for.
     *
     * @param count since its start, as text
     */
    void onDropped(byte[] count) {
        long now;
        try {
            now = Long.parseLong(new String(count, StandardCharsets.US_ASCII).trim());
        } catch (NumberFormatException otherBroker) {
            return;
        }
        if (droppedBefore != UNKNOWN) {
            dropped += now >= droppedBefore ? now - droppedBefore : now; // less than before: it has been started again
        }
        droppedBefore = now;
    }

    /** Whether the broker counts what it drops, and tells. */
    boolean areTold() {
        return droppedBefore != UNKNOWN;
    }

    Optional<String> inWords() {
        List<String> words = new ArrayList<>();
        if (forgotten > 0) {
            words.add("the broker has forgotten the session of the verification, and what came for it meanwhile");
        }
        if (!refused.isEmpty()) {
            words.add("the broker refuses a subscription to " + refused);
        }
        if (dropped > 0) {
            words.add("the broker has dropped " + dropped
                    + " messages for somebody whose queue was full (mosquitto: max_queued_messages)");
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
    }
}
