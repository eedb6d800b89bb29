package io.causeway.gateway.config;

import java.time.Duration;

/** One way on which devices reach the gateway: an entry of {@code links}. */
public sealed interface LinkConfig permits UdpLink {
    /** The time between two ADVERTISE (1.2 §5.4.1); what a forwarder passes on is not more frequent either. */
    Duration advertise();
}
