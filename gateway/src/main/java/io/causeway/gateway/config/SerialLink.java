package io.causeway.gateway.config;

import io.causeway.radio.framing.Framing;
import io.causeway.radio.port.LineSettings;
import io.causeway.radio.port.LineSettings.FlowControl;
import io.causeway.radio.port.PortSelector;
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
    /** As most microcontrollers do, in bits per second. */
    static final int USUAL_RATE = 115_200;

    /** @throws IllegalArgumentException if a value is out of bounds */
    public SerialLink {
        ADVERTISE.require("advertise", advertise);
        if (retryInterval != null) {
            RetryConfig.INTERVAL.require("retry-interval", retryInterval);
        }
    }

    /**
     * A link with the default of every other setting.
     *
     * @param bitsPerSecond null: the usual rate
     */
    public static SerialLink at(PortSelector port, @Nullable Integer bitsPerSecond, Framing framing) {
        int rate = bitsPerSecond == null ? USUAL_RATE : bitsPerSecond;
        LineSettings line = new LineSettings(port, rate, FlowControl.NONE);
        return new SerialLink(SerialSettings.on(line, framing), USUAL_ADVERTISE, null);
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
