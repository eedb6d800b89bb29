package io.causeway.simulator.truth;

/**
 * What became of messages.
 *
 * @param sent        distinct ones
 * @param promised    of those, that somebody has answered for, and has to: acknowledged at QoS 1 or 2
 * @param excused     not arrived, and nobody has to answer for them any more
 * @param arrived     of those sent, that came at least once to where they belong, as they were sent
 * @param missing     promised and not arrived
 * @param duplicates  arrivals beyond the first
 * @param outOfOrder  promised, and arrived after a later one
 * @param misdelivered came to another topic or sensor; as often as they did
 * @param corrupted   came as something else than what was sent; as often as they did
 * @param late        arrived, but too late
 */
public record Tally(
        long sent,
        long promised,
        long excused,
        long arrived,
        long missing,
        long duplicates,
        long outOfOrder,
        long misdelivered,
        long corrupted,
        long late) {
    public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Tally plus(Tally other) {
        return new Tally(
                sent + other.sent,
                promised + other.promised,
                excused + other.excused,
                arrived + other.arrived,
                missing + other.missing,
                duplicates + other.duplicates,
                outOfOrder + other.outOfOrder,
                misdelivered + other.misdelivered,
                corrupted + other.corrupted,
                late + other.late);
    }

    /** What came where it does not belong, or not as it was sent. */
    public long wrong() {
        return misdelivered + corrupted;
    }

    /** Sent, not promised (or excused) and never arrived: nobody's fault at QoS 0, and the network's. */
    public long lost() {
        return sent - arrived - missing;
    }
}
