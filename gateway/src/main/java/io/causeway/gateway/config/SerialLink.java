package io.causeway.gateway.config;

import io.causeway.radio.serial.SerialSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * MQTT-SN over a serial line: an entry of {@code links} with {@code type: serial}.
 *
 * @param line          what is on it, and how
 * @param advertise     the time between two ADVERTISE, 1 s to 65535 s
 * @param retryInterval T_retry towards its devices, 100 ms to 10 min; null: that of {@code retry}
 */
public record SerialLink(
        SerialSettings line, Duration advertise, @Nullable Duration retryInterval) implements LinkConfig {
    /** @throws IllegalArgumentException if a value is out of bounds */
    public SerialLink {
        ADVERTISE.require("advertise", advertise);
        if (retryInterval != null) {
            RetryConfig.INTERVAL.require("retry-interval", retryInterval);
        }
    }

    @Override
    public boolean isAdvertised() {
        return true;
    }

    @Override
    public String placeKey() {
        return "port";
    }
}
