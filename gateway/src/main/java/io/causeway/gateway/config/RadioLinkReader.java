package io.causeway.gateway.config;

import io.causeway.radio.framing.Encapsulation;
import io.causeway.radio.framing.FrameSettings;
import io.causeway.radio.framing.Framing;
import io.causeway.radio.port.LineSettings;
import io.causeway.radio.port.LineSettings.FlowControl;
import io.causeway.radio.port.PortSelector;
import io.causeway.radio.serial.SerialSettings;
import io.causeway.radio.xbee.XBeeSettings;
import io.causeway.radio.xbee.XBeeSettings.ModeChoice;
import io.causeway.settings.Bounds;
import io.causeway.settings.Section;
import io.causeway.settings.ValueType;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the entries of {@code links} that are behind serial ports. */
final class RadioLinkReader {
    private static final ValueType<PortSelector> PORT =
            new ValueType<>("a device, like /dev/ttyUSB0, or usb:VENDOR:PRODUCT[:SERIAL]", PortSelector::parse);
    private static final ValueType<Integer> RATE =
            ValueType.integer(new Bounds<>(LineSettings.LEAST_BITS_PER_SECOND, LineSettings.MOST_BITS_PER_SECOND));
    private static final ValueType<FlowControl> FLOW_CONTROL = ValueType.oneOf(FlowControl.class);
    private static final ValueType<Duration> RETRY_INTERVAL = ValueType.duration(RetryConfig.INTERVAL);

    private static final int ANY_RATE = 0;

    private static final Bounds<Duration> BROADCAST_INTERVAL = new Bounds<>(Duration.ZERO, Duration.ofMinutes(1));
    private static final Bounds<Duration> INTER_OCTET_TIMEOUT =
            new Bounds<>(Duration.ofMillis(1), Duration.ofSeconds(10));
    private static final Bounds<Duration> SEND_GAP = new Bounds<>(Duration.ZERO, Duration.ofSeconds(1));

    private final Set<PortSelector> taken = new HashSet<>();

    Optional<LinkConfig> xbee(Section section) {
        Optional<PortSelector> port = port(section);
        int rate = section.value("baud", RATE.or("auto", ANY_RATE), ANY_RATE);
        FlowControl flowControl = section.value("flow-control", FLOW_CONTROL, FlowControl.NONE);
        ModeChoice mode = section.value(
                "api-mode",
                ValueType.integer(new Bounds<>(1, 2))
                        .as(number -> number == 1 ? ModeChoice.MODE_1 : ModeChoice.MODE_2)
                        .or("auto", ModeChoice.AUTO),
                ModeChoice.AUTO);
        boolean configure = section.value("configure", ValueType.FLAG, false);
        int window = section.value(
                "window", ValueType.integer(new Bounds<>(1, XBeeSettings.MOST_WINDOW)), XBeeSettings.DEFAULT_WINDOW);
        int maxPacketOctets = section.value(
                "max-packet",
                ValueType.integer(
                        new Bounds<>(FrameSettings.LEAST_MAX_PACKET_OCTETS, XBeeSettings.MOST_PAYLOAD_OCTETS)),
                XBeeSettings.MOST_PAYLOAD_OCTETS);
        boolean fragmentation = section.value("radio-fragmentation", ValueType.FLAG, false);
        Duration broadcastInterval = section.value(
                "broadcast-interval", ValueType.duration(BROADCAST_INTERVAL), XBeeSettings.DEFAULT_BROADCAST_INTERVAL);
        Duration advertise = advertise(section);
        Duration retryInterval = section.value("retry-interval", RETRY_INTERVAL, XBeeLink.USUAL_RETRY_INTERVAL);
        return port.map(selector -> new XBeeLink(
                new XBeeSettings(
                        new LineSettings(selector, rate == ANY_RATE ? XBeeLink.FIRST_RATE : rate, flowControl),
                        rate == ANY_RATE,
                        mode,
                        configure,
                        window,
                        maxPacketOctets,
                        fragmentation,
                        broadcastInterval),
                advertise,
                retryInterval));
    }

    Optional<LinkConfig> serial(Section section) {
        Optional<PortSelector> port = port(section);
        int rate = section.value("baud", RATE, SerialLink.USUAL_RATE);
        Framing framing = section.value("framing", ValueType.oneOf(Framing.class), Framing.RAW);
        FlowControl flowControl = section.value("flow-control", FLOW_CONTROL, FlowControl.NONE);
        Encapsulation encapsulation =
                section.value("encapsulation", ValueType.oneOf(Encapsulation.class), Encapsulation.AUTO);
        int prefixOctets =
                section.value("prefix-octets", ValueType.integer(new Bounds<>(0, FrameSettings.MOST_PREFIX_OCTETS)), 0);
        int maxPacketOctets = section.value(
                "max-packet",
                ValueType.integer(
                        new Bounds<>(FrameSettings.LEAST_MAX_PACKET_OCTETS, FrameSettings.MOST_MAX_PACKET_OCTETS)),
                SerialSettings.DEFAULT_MAX_PACKET_OCTETS);
        Duration interOctetTimeout = section.value(
                "inter-octet-timeout", ValueType.duration(INTER_OCTET_TIMEOUT), framing.defaultInterOctetTimeout(rate));
        Duration sendGap = section.value("send-gap", ValueType.duration(SEND_GAP), Duration.ZERO);
        Duration advertise = advertise(section);
        @Nullable
        Duration retryInterval = section.value("retry-interval", RETRY_INTERVAL).orElse(null);
        if (port.isEmpty()) {
            return Optional.empty();
        }
        LineSettings line = new LineSettings(port.get(), rate, flowControl);
        return section.build(
                "prefix-octets with a framing of slip or slip-crc",
                () -> new SerialLink(
                        new SerialSettings(
                                line,
                                framing,
                                encapsulation,
                                prefixOctets,
                                maxPacketOctets,
                                interOctetTimeout,
                                sendGap),
                        advertise,
                        retryInterval));
    }

    private Optional<PortSelector> port(Section section) {
        Optional<PortSelector> port = section.required("port", PORT);
        if (port.isPresent() && !taken.add(port.get())) {
            section.refuse("port", port.get() + " is taken by a link above", "each port once");
        }
        return port;
    }

    private static Duration advertise(Section section) {
        return section.value("advertise", ValueType.duration(LinkConfig.ADVERTISE), LinkConfig.USUAL_ADVERTISE);
    }
}
