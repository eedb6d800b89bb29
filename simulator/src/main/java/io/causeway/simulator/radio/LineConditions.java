package io.causeway.simulator.radio;

/**
 * A serial line, and what befalls the frames that go over it towards the gateway.
 *
 * @param bitsPerSecond its rate in both directions, above 0; an octet takes ten bits
 * @param hasFlowControl whether the gateway is stopped when it is too fast; else what is too much is lost
 * @param isSplit       whether frames come in pieces, with pauses between them
 * @param garbage       0 to 1, of frames that come behind octets that are none
 * @param flipped       0 to 1, of frames with a bit turned over
 * @param cut           0 to 1, of frames that lose their end
 */
public record LineConditions(
        int bitsPerSecond, boolean hasFlowControl, boolean isSplit, double garbage, double flipped, double cut) {
    /** @throws IllegalArgumentException if a value is out of its range */
    public LineConditions {
        if (bitsPerSecond <= 0) {
            throw new IllegalArgumentException("the rate of a line is above 0");
        }
    }

    /** Nothing happens on it. */
    public static LineConditions clean(int bitsPerSecond) {
        return new LineConditions(bitsPerSecond, true, false, 0, 0, 0);
    }
}
