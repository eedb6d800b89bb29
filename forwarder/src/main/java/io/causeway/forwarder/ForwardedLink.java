package io.causeway.forwarder;

import io.causeway.radio.Transport;
import java.time.Duration;

/**
 * A link whose devices are to be forwarded.
 *
 * @param transport         served by the loop of the forwarder, not open yet
 * @param advertiseInterval the least time between two ADVERTISE that are passed on to it
 */
public record ForwardedLink(Transport transport, Duration advertiseInterval) {}
