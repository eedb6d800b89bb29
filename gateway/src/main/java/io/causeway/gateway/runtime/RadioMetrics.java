package io.causeway.gateway.runtime;

import io.causeway.gateway.admin.Metrics;
import io.causeway.radio.Transport;
import io.causeway.radio.framing.FrameFault;
import io.causeway.radio.serial.SerialTransport;
import io.causeway.radio.xbee.XBeeCounters;
import io.causeway.radio.xbee.XBeeTransport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What XBee radios and serial lines tell Prometheus besides what all links do; nothing where there are none. */
final class RadioMetrics {
    private final Metrics metrics;
    private final List<XBeeTransport> radios;
    private final List<SerialTransport> lines;

    private RadioMetrics(Metrics metrics, List<Transport> links) {
        this.metrics = metrics;
        this.radios = only(XBeeTransport.class, links);
        this.lines = only(SerialTransport.class, links);
    }

    static void register(Metrics metrics, List<Transport> links) {
        RadioMetrics registry = new RadioMetrics(metrics, links);
        if (!registry.radios.isEmpty()) {
            registry.registerFrames();
            registry.registerTransmissions();
            registry.registerNodes();
        }
        if (!registry.lines.isEmpty()) {
            registry.registerLines();
        }
    }

    private static <T> List<T> only(Class<T> kind, List<Transport> links) {
        return links.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void registerFrames() {
        count(
                "bad_checksums",
                "frames with a wrong checksum",
                each -> each.frameErrors().badChecksums());
        count(
                "impossible_lengths",
                "frames with a length that none has",
                each -> each.frameErrors().impossibleLengths());
        count(
                "false_starts",
                "delimiters that began no frame",
                each -> each.frameErrors().falseStarts());
        count(
                "timed_out_frames",
                "frames that stopped coming",
                each -> each.frameErrors().timedOut());
        count(
                "outside_octets",
                "octets outside of frames",
                each -> each.frameErrors().outsideOctets());
        count(
                "unknown_frames",
                "frames of a type not known here",
                each -> each.frameErrors().unknownTypes());
        count(
                "malformed_frames",
                "frames too short for their type",
                each -> each.frameErrors().malformed());
        count("wrong_lengths", "received packets that are no whole datagram", XBeeCounters::wrongLengths);
        count("foreign_packets", "received packets of other applications", XBeeCounters::foreignPackets);
    }

    private void registerTransmissions() {
        count("not_acknowledged", "transmissions that nobody acknowledged", XBeeCounters::notAcknowledged);
        count("not_found", "transmissions to nodes that the network does not find", XBeeCounters::notFound);
        count("not_fetched", "transmissions to sleeping nodes that did not ask in time", XBeeCounters::notFetched);
        count("channel_busy", "transmissions that found no gap in the air", XBeeCounters::channelBusy);
        count("no_buffers", "transmissions that the radio had no room for", XBeeCounters::noBuffers);
        count("not_joined", "transmissions refused for want of a network", XBeeCounters::notJoined);
        count("too_large", "transmissions too large for the way to the node", XBeeCounters::tooLarge);
        count("misconfigured", "transmissions that cannot work as radios are set up", XBeeCounters::misconfigured);
        count("other_failures", "transmissions that failed otherwise", XBeeCounters::otherFailures);
        count("retries", "transmissions sent again", XBeeCounters::retries);
        count("lost_statuses", "transmissions whose outcome was never told", XBeeCounters::lostStatuses);
        count("unknown_statuses", "statuses that belong to no transmission", XBeeCounters::unknownStatuses);
        count("expired", "datagrams dropped because they had waited too long", XBeeCounters::expired);
        count("starts", "times that the radio was found and asked what it is", XBeeCounters::starts);
    }

    private void registerNodes() {
        state("waiting", "datagrams that wait or are under way", XBeeCounters::waiting);
        state("nodes", "nodes that are remembered", XBeeCounters::nodes);
        state("held_nodes", "nodes that seem away, so that what is for them waits", XBeeCounters::heldNodes);
        state("window", "transmissions that may be under way", XBeeCounters::window);
    }

    private void registerLines() {
        metrics.counters(
                "serial_discarded_octets",
                "octets that went into no message",
                "link",
                () -> byLink(lines, each -> each.frames().discardedOctets()));
        for (FrameFault fault : FrameFault.values()) {
            metrics.counters(
                    "serial_" + fault.name().toLowerCase(Locale.ROOT),
                    fault.description(),
                    "link",
                    () -> byLink(lines, each -> each.frames().badFrames().getOrDefault(fault, 0L)));
        }
    }

    private void count(String name, String help, ToLongFunction<XBeeCounters> value) {
        metrics.counters(
                "xbee_" + name, help, "link", () -> byLink(radios, each -> value.applyAsLong(each.xbeeCounters())));
    }

    private void state(String name, String help, ToDoubleFunction<XBeeCounters> value) {
        metrics.gauges("xbee_" + name, help, "link", () -> {
            Map<String, Double> values = new LinkedHashMap<>();
            radios.forEach(each -> values.put(each.name(), value.applyAsDouble(each.xbeeCounters())));
            return values;
        });
    }

    private static <T extends Transport> Map<String, Long> byLink(List<T> links, ToLongFunction<T> value) {
        Map<String, Long> values = new LinkedHashMap<>();
        links.forEach(each -> values.put(each.name(), value.applyAsLong(each)));
        return values;
    }
}
