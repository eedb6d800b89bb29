package io.causeway.gateway.config;

import io.causeway.settings.Bounds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One way on which devices reach the gateway: an entry of {@code links}. */
public sealed interface LinkConfig permits UdpLink, XBeeLink, SerialLink {
    /** The Duration of ADVERTISE is an uint16 of seconds (1.2 §5.4.1). */
    Bounds<Duration> ADVERTISE = new Bounds<>(Duration.ofSeconds(1), Duration.ofSeconds(65_535));

    /** What the specification recommends T_ADV to be longer than (1.2 §7.2). */
    Duration USUAL_ADVERTISE = Duration.ofMinutes(15);

    /** The time between two ADVERTISE, 1 s to 65535 s; what a forwarder passes on is not more frequent either. */
    Duration advertise();

    /** Whether there is somebody to advertise to. */
    boolean isAdvertised();

    /** T_retry towards the devices of this link (1.2 §7.2); null: that of {@code retry}. */
    @Nullable
    Duration retryInterval();

    /** The key within the entry that says where the link is. */
    String placeKey();
}
