package io.causeway.simulator.radio;

import io.causeway.radio.framing.Framing;

/**
 * A serial line with sensors on it.
 *
 * @param framing           how messages are told apart
 * @param isShared          whether messages are in the envelopes of a forwarder (1.2 §5.5), which more than one sensor needs
 * @param loss              0 to 1, of messages between the sensors and what they share the line by, in each direction
 * @param duplication       0 to 1, of the messages of sensors
 * @param largestPacketOctets that the sensors can take, 32 to 65535
 */
public record SerialConditions(
        Framing framing, boolean isShared, double loss, double duplication, int largestPacketOctets) {}
