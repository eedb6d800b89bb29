package io.causeway.bridge;

import io.causeway.routing.TopicFilter;
import java.util.List;

/**
 * What an {@link AggregatingUpstream} keeps for the broker while that is away, and when it says so.
 *
 * @param acknowledge        when a message of QoS 1 is acknowledged while the broker is there
 * @param qos0               whether messages of QoS 0 are kept while the broker is away; else they are refused
 * @param bounds             of one connection's journal
 * @param drainRatePerSecond most messages of a backlog to hand on in a second, from 1
 * @param rules              bounds of their own for some topics, within those of the journal; the first that matches
 *                           counts
 */
public record JournalSettings(
        Acknowledge acknowledge, boolean qos0, JournalBounds bounds, int drainRatePerSecond, List<Rule> rules) {
    public static final JournalSettings DEFAULTS =
            new JournalSettings(Acknowledge.BROKER, false, JournalBounds.DEFAULTS, 2_000, List.of());

    private static final int MOST_RULES = 100;

    /** Who must have a message of QoS 1 before its publisher is told. QoS 2 always goes through the journal. */
    public enum Acknowledge {
        BROKER,
        JOURNAL
    }

    /** @param filter of our topics, without the prefix that they have at the broker */
    public record Rule(TopicFilter filter, JournalBounds bounds) {}

    /** @throws IllegalArgumentException if a value is out of its range */
    public JournalSettings {
        if (drainRatePerSecond < 1) {
            throw new IllegalArgumentException("drainRatePerSecond must be at least 1: " + drainRatePerSecond);
        }
        if (rules.size() > MOST_RULES) {
            throw new IllegalArgumentException("more than " + MOST_RULES + " rules: " + rules.size());
        }
        rules = List.copyOf(rules);
    }

    public JournalSettings withAcknowledge(Acknowledge newAcknowledge) {
        return new JournalSettings(newAcknowledge, qos0, bounds, drainRatePerSecond, rules);
    }

    public JournalSettings withQos0(boolean newQos0) {
        return new JournalSettings(acknowledge, newQos0, bounds, drainRatePerSecond, rules);
    }

    public JournalSettings withBounds(JournalBounds newBounds) {
        return new JournalSettings(acknowledge, qos0, newBounds, drainRatePerSecond, rules);
    }

    public JournalSettings withDrainRate(int newDrainRatePerSecond) {
        return new JournalSettings(acknowledge, qos0, bounds, newDrainRatePerSecond, rules);
    }

    public JournalSettings withRules(List<Rule> newRules) {
        return new JournalSettings(acknowledge, qos0, bounds, drainRatePerSecond, newRules);
    }
}
