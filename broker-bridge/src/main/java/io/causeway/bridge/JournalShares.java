package io.causeway.bridge;

import io.causeway.session.Printable;
import java.util.List;

/** Which rule a message falls under, and how much each of them has in the journal. Owned by the worker. */
final class JournalShares {
    /** Of what no rule of the settings matches. */
    private static final int COMMON = 0;

    private final JournalBounds bounds;
    private final List<JournalSettings.Rule> rules;
    private final int[] messages;
    private final long[] octets;
    private int allMessages;
    private long allOctets;

    JournalShares(JournalSettings settings) {
        this.bounds = settings.bounds();
        this.rules = settings.rules();
        this.messages = new int[rules.size() + 1];
        this.octets = new long[rules.size() + 1];
    }

    /** Rules have numbers from 0 up to this one. */
    int count() {
        return messages.length;
    }

    int ruleOf(String topic) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).filter().matches(topic)) {
                return i + 1;
            }
        }
        return COMMON;
    }

    JournalBounds boundsOf(int rule) {
        return rule == COMMON ? bounds : rules.get(rule - 1).bounds();
    }

    boolean mayDrop(int rule) {
        return boundsOf(rule).policy() == JournalBounds.Policy.DROP_OLDEST;
    }

    /** Whether there is room for one more, or would be without all that may be dropped for it. */
    boolean canHaveRoom(int rule, int weightOctets) {
        boolean inShare = hasRoom(rule, weightOctets)
                || (mayDrop(rule) && weightOctets <= boundsOf(rule).octets());
        return inShare && (hasRoom(weightOctets) || hasRoomBesideWhatStays(weightOctets));
    }

    private boolean hasRoomBesideWhatStays(int weightOctets) {
        int messagesToStay = 0;
        long octetsToStay = 0;
        for (int rule = 0; rule < count(); rule++) {
            messagesToStay += mayDrop(rule) ? 0 : messages[rule];
            octetsToStay += mayDrop(rule) ? 0 : octets[rule];
        }
        return messagesToStay < bounds.messages() && octetsToStay + weightOctets <= bounds.octets();
    }

    /** Whether the rule's own share has room for one more. */
    boolean hasRoom(int rule, int weightOctets) {
        return rule == COMMON || boundsOf(rule).hasRoomFor(messages[rule] + 1, octets[rule] + weightOctets);
    }

    /** Whether there is room for one more in all. */
    boolean hasRoom(int weightOctets) {
        return bounds.hasRoomFor(allMessages + 1, allOctets + weightOctets);
    }

    /** The bound that leaves no room for one more, as the log names it: by its key, and its value. */
    String boundReached(int rule, int weightOctets) {
        if (hasRoom(rule, weightOctets)) {
            return "journal." + bounds.reached(allMessages + 1);
        }
        String filter = rules.get(rule - 1).filter().value();
        return boundsOf(rule).reached(messages[rule] + 1) + " of journal.filters '" + Printable.of(filter) + "'";
    }

    void add(int rule, int weightOctets) {
        messages[rule]++;
        octets[rule] += weightOctets;
        allMessages++;
        allOctets += weightOctets;
    }

    void remove(int rule, int weightOctets) {
        messages[rule]--;
        octets[rule] -= weightOctets;
        allMessages--;
        allOctets -= weightOctets;
    }

    int messages() {
        return allMessages;
    }

    long octets() {
        return allOctets;
    }
}
