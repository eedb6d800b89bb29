package io.causeway.gateway.config;

import io.causeway.settings.HostPort;
import io.causeway.settings.Section;
import io.causeway.settings.ValueType;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code links}. */
final class LinkReader {
    static final ValueType<HostPort> MULTICAST = new ValueType<>(
            "a multicast address and port, like 225.1.1.1:1883",
            text -> UdpLink.requireMulticast(HostPort.parse(text)));

    private enum Type {
        UDP,
        XBEE,
        SERIAL
    }

    private LinkReader() {}

    static List<LinkConfig> links(Section root) {
        Set<HostPort> taken = new HashSet<>();
        RadioLinkReader radios = new RadioLinkReader();
        List<LinkConfig> links = root.sections("links", section -> link(section, taken, radios));
        if (root.isEmptyList("links")) {
            root.refuse("links", "the list is empty", "at least one link");
        }
        return links.isEmpty() ? GatewayConfig.DEFAULT.links() : links;
    }

    private static Optional<LinkConfig> link(Section section, Set<HostPort> taken, RadioLinkReader radios) {
        Optional<Type> type =
                section.required("type", ValueType.oneOf(Type.class).notYet("dtls"));
        if (type.isEmpty()) {
            section.ignoreRest();
            return Optional.empty();
        }
        return switch (type.get()) {
            case UDP -> udp(section, taken);
            case XBEE -> radios.xbee(section);
            case SERIAL -> radios.serial(section);
        };
    }

    private static Optional<LinkConfig> udp(Section section, Set<HostPort> taken) {
        Optional<HostPort> bind = section.required("bind", ValueType.HOST_PORT);
        List<HostPort> groups = section.values("discovery-group", MULTICAST, List.of());
        List<String> interfaces = section.values("interfaces", ValueType.TEXT, List.of());
        Duration advertise =
                section.value("advertise", ValueType.duration(LinkConfig.ADVERTISE), LinkConfig.USUAL_ADVERTISE);
        long receiveBufferOctets = section.value(
                "receive-buffer", ValueType.octets(UdpLink.RECEIVE_BUFFER_OCTETS), UdpLink.USUAL_RECEIVE_BUFFER_OCTETS);
        int maxPacketOctets = section.value(
                "max-packet", ValueType.integer(UdpLink.MAX_PACKET_OCTETS), UdpLink.MAX_PACKET_OCTETS.most());
        Duration retryInterval = section.value("retry-interval", ValueType.duration(RetryConfig.INTERVAL))
                .orElse(null);
        if (bind.isEmpty()) {
            return Optional.empty();
        }
        HostPort address = bind.get();
        if (address.port() != 0 && !taken.add(address)) {
            section.refuse("bind", address + " is taken by a link above", "each address once");
        }
        return section.build(
                "groups of the IP version of bind",
                () -> new UdpLink(
                        address, groups, interfaces, advertise, receiveBufferOctets, maxPacketOctets, retryInterval));
    }
}
