package io.causeway.broker.differential;

import java.util.ArrayList;
import java.util.List;

/** What one subscriber has received of publishers that number their messages from 0. For one thread. */
final class Ledger {
    private final int[] next;
    private long messages;
    private final List<String> faults = new ArrayList<>();

    Ledger(int publishers) {
        next = new int[publishers];
    }

    /** The topic of a publisher, in which it numbers its messages. */
    static String topic(int publisher) {
        return "load/" + publisher;
    }

    /** Returns whether the message is a new one. */
    boolean add(Packet publish) {
        int publisher =
                Integer.parseInt(publish.topic().substring(publish.topic().indexOf('/') + 1));
        int number = Integer.parseInt(publish.payload());
        if (number < next[publisher]) {
            if (!publish.dup()) {
                faults.add(publish + " came after number " + (next[publisher] - 1));
            }
            return false;
        }
        next[publisher] = number + 1;
        messages++;
        return true;
    }

    /** New ones. */
    long messages() {
        return messages;
    }

    /** What came out of order, or again without saying so. */
    List<String> faults() {
        return faults;
    }
}
