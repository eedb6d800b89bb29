package io.causeway.simulator.truth;

/**
 * What became of messages.
 *
 * @param sent       distinct ones
 * @param promised   of those, that somebody has answered for: acknowledged at QoS 1 or 2
 * @param arrived    of those sent, that came at least once
 * @param missing    promised and not arrived
 * @param duplicates arrivals beyond the first
 * @param outOfOrder promised, and arrived after a later one
 * @param late       arrived, but too late
 */
public record Tally(long sent, long promised, long arrived, long missing, long duplicates, long outOfOrder, long late) {
    public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0);

    public Tally plus(Tally other) {
        return new Tally(
                sent + other.sent,
                promised + other.promised,
                arrived + other.arrived,
                missing + other.missing,
                duplicates + other.duplicates,
                outOfOrder + other.outOfOrder,
                late + other.late);
    }

    /** Sent, never promised and never arrived: nobody's fault at QoS 0, and the network's. */
    public long lost() {
        return sent - arrived - missing;
    }
}
