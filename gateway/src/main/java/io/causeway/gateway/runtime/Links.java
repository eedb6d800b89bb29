package io.causeway.gateway.runtime;

import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.GatewayConfig;
import io.causeway.gateway.config.LinkConfig;
import io.causeway.radio.Transport;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** All links of a gateway, in the order of the settings. Immutable; each link is safe for many threads. */
final class Links implements Iterable<Link> {
    private final List<Link> links;

    private Links(List<Link> links) {
        this.links = List.copyOf(links);
    }

    /**
     * Makes the links and opens none.
     *
     * @param loops serve their sockets
     * @throws StartException if a name in the settings means nothing on this machine, or nothing yet
     */
    static Links of(GatewayConfig config, EventLoopGroup loops) throws StartException {
        Transports transports = new Transports(loops, config.dataDir());
        List<Link> links = new ArrayList<>();
        for (LinkConfig link : config.links()) {
            String key = key(link, links.size());
            links.add(new Link(transports.make(link, key), link, key));
        }
        return new Links(links);
    }

    /**
     * The setting that says where a link is.
     *
     * @param index in the list, from 0
     */
    static String key(LinkConfig link, int index) {
        return "links[" + index + "]." + link.placeKey();
    }

    List<Transport> transports() {
        return links.stream().map(Link::transport).toList();
    }

    /** Where a client was in an earlier process; nothing if its link is not among those of today. */
    Optional<Peer> find(String storedForm) {
        for (Link link : links) {
            Optional<Peer> peer = link.find(storedForm);
            if (peer.isPresent()) {
                return peer;
            }
        }
        return Optional.empty();
    }

    /** @throws StartException if one cannot be opened */
    void open(ShardLoops loops) throws StartException {
        for (Link link : links) {
            link.open(loops);
        }
    }

    /** Why no sensor can be served: no link is up; empty while one is. */
    List<String> troubles() {
        return links.stream().anyMatch(Link::isUp) ? List.of() : complaints();
    }

    /** What is wrong with single links while others serve, in words for the operator. */
    List<String> notes() {
        return links.stream().anyMatch(Link::isUp) ? complaints() : List.of();
    }

    private List<String> complaints() {
        return links.stream()
                .filter(each -> !each.isUp())
                .map(Link::transport)
                .map(each -> each.name() + ": " + each.state())
                .toList();
    }

    @Override
    public Iterator<Link> iterator() {
        return links.iterator();
    }

    void close() {
        links.forEach(link -> link.transport().close());
    }
}
