package io.causeway.gateway.runtime;

import io.causeway.gateway.admin.RadioNode;
import io.causeway.radio.Transport;
import io.causeway.radio.xbee.XBeeNode;
import io.causeway.radio.xbee.XBeeTransport;
import java.util.List;
import java.util.stream.Stream;

/** The nodes that radios hear, for the operator. */
final class RadioNodes {
    private RadioNodes() {}

    /** Of all radios among the links, those heard last at the end. Asks their loops, so not for one of them. */
    static List<RadioNode> of(List<Transport> links) {
        return links.stream()
                .flatMap(link -> link instanceof XBeeTransport radio ? of(radio) : Stream.empty())
                .toList();
    }

    private static Stream<RadioNode> of(XBeeTransport radio) {
        return radio.nodes().stream().map(node -> node(radio.name(), node));
    }

    private static RadioNode node(String link, XBeeNode node) {
        return new RadioNode(
                link,
                node.address().toString(),
                node.name(),
                node.signalDbm(),
                node.sinceHeard(),
                node.waiting(),
                node.held());
    }
}
