package io.causeway.radio.xbee;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which node is sent to next: those that something was delivered to, one after the other, and then the strangers. Anybody
 * can send from any address, and each answer to one that does not exist takes seconds to fail. Owned by the loop.
 */
final class Turns {
    private final Set<Node> proven = new LinkedHashSet<>();
    private final Set<Node> strangers = new LinkedHashSet<>();

    /** At the end of its kind, if it is not there already. */
    void add(Node node) {
        (node.isProven ? proven : strangers).add(node);
    }

    void remove(Node node) {
        proven.remove(node);
        strangers.remove(node);
    }

    /**
     * @param forStrangers whether one of those may be next
     * @return null if there is nobody
     */
    @Nullable
    Node next(boolean forStrangers) {
        if (!proven.isEmpty()) {
            return proven.iterator().next();
        }
        return forStrangers && !strangers.isEmpty() ? strangers.iterator().next() : null;
    }

    /** All, as they are now. */
    List<Node> all() {
        List<Node> all = new ArrayList<>(proven);
        all.addAll(strangers);
        return all;
    }
}
