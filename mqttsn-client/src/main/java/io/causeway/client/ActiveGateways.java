package io.causeway.client;

import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.GwInfo;
import io.causeway.codec.v12.Packet;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The list of active gateways (1.2 §6.1), in the order in which they were found. Written by one event loop, read by any
 * thread: readers see one list or the next, never one that changes.
 */
final class ActiveGateways {
    /** N_ADV: a gateway that has missed this many advertisements in a row is gone (1.2 §7.2). */
    private static final int N_ADV = 3;

    private volatile List<Entry> entries = List.of();

    /**
     * ADVERTISE and GWINFO enter their gateway; all other packets are ignored. A GWINFO with an address is another client's
     * word for a gateway: as its format is nowhere defined, the gateway itself is waited for.
     *
     * @return the gateway that has made itself known, if one has
     */
    Optional<FoundGateway> onPacket(Packet packet, InetSocketAddress sender, long nowNanos) {
        if (packet instanceof Advertise advertise) {
            long nanosToNext = Duration.ofSeconds(advertise.durationSeconds()).toNanos();
            var gateway = new FoundGateway(advertise.gwId(), sender);
            enter(new Entry(gateway, nanosToNext > 0, nowNanos + N_ADV * nanosToNext), nowNanos);
            return Optional.of(gateway);
        }
        if (packet instanceof GwInfo info && info.gwAdd().isEmpty()) {
            var gateway = new FoundGateway(info.gwId(), sender);
            enter(new Entry(gateway, false, nowNanos), nowNanos);
            return Optional.of(gateway);
        }
        return Optional.empty();
    }

    List<FoundGateway> at(long nowNanos) {
        return entries.stream()
                .filter(entry -> entry.isActive(nowNanos))
                .map(Entry::gateway)
                .toList();
    }

    private void enter(Entry entry, long nowNanos) {
        List<Entry> updated = new ArrayList<>();
        boolean isKnown = false;
        for (Entry former : entries) {
            if (former.gateway.gatewayId() == entry.gateway.gatewayId()) {
                isKnown = true;
                updated.add(former.isActive(nowNanos) ? entry.after(former) : entry);
            } else if (former.isActive(nowNanos)) {
                updated.add(former);
            }
        }
        if (!isKnown) {
            updated.add(entry);
        }
        entries = List.copyOf(updated);
    }

    /**
     * @param isAdvertised whether it has said when it will advertise itself again; one that has not stays
     * @param endNanos     when it is gone, if it is advertised
     */
    private record Entry(FoundGateway gateway, boolean isAdvertised, long endNanos) {
        boolean isActive(long nowNanos) {
            return !isAdvertised || nowNanos - endNanos < 0;
        }

        /** GWINFO does not say when the next ADVERTISE is to come: what was said of that still holds. */
        Entry after(Entry former) {
            return isAdvertised ? this : new Entry(gateway, former.isAdvertised, former.endNanos);
        }
    }
}
