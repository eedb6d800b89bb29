package io.causeway.gateway.config;

import io.causeway.radio.port.LineSettings;
import io.causeway.radio.port.LineSettings.FlowControl;
import io.causeway.radio.port.PortSelector;
import io.causeway.radio.xbee.XBeeSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * MQTT-SN over an XBee radio: an entry of {@code links} with {@code type: xbee}.
 *
 * @param radio         how to use it
 * @param advertise     the time between two ADVERTISE, 1 s to 65535 s
 * @param retryInterval T_retry towards its nodes, 100 ms to 10 min
 */
public record XBeeLink(XBeeSettings radio, Duration advertise, Duration retryInterval) implements LinkConfig {
    /** The most that the specification recommends: the radio itself may try for 5 s, and asks for the way before. */
    static final Duration USUAL_RETRY_INTERVAL = Duration.ofSeconds(15);

    /** As most radios come, in bits per second. */
    static final int FIRST_RATE = 9_600;

    /** @throws IllegalArgumentException if a value is out of bounds */
    public XBeeLink {
        ADVERTISE.require("advertise", advertise);
        RetryConfig.INTERVAL.require("retry-interval", retryInterval);
    }

    /**
     * A link with the default of every other setting.
     *
     * @param bitsPerSecond null: to be found out
     */
    public static XBeeLink at(PortSelector port, @Nullable Integer bitsPerSecond) {
        boolean anyRate = bitsPerSecond == null;
        LineSettings line = new LineSettings(port, anyRate ? FIRST_RATE : bitsPerSecond, FlowControl.NONE);
        XBeeSettings radio = XBeeSettings.at(line);
        return new XBeeLink(anyRate ? radio.atAnyRate() : radio, USUAL_ADVERTISE, USUAL_RETRY_INTERVAL);
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
