package io.causeway.radio.udp;

import io.causeway.radio.LinkCounters;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts what the system has lost at the service sockets, over all the sockets an address has had. Sockets of multicast
 * groups are left out: the system lists them under an address they share with those of other processes. Free to use
 * from any thread, but reads files.
 */
final class KernelDrops {
    private final SocketTable table;
    private final Map<InetAddress, Long> lastSeen = new HashMap<>();
    private long dropsOfClosedSockets;

    KernelDrops(SocketTable table) {
        this.table = table;
    }

    /** @return the sum so far, or {@link LinkCounters#UNKNOWN} if the system does not tell */
    synchronized long read(List<InetAddress> served, int port) {
        try {
            Map<InetAddress, Long> current = table.at(port).stream()
                    .filter(row -> served.contains(row.address()))
                    .collect(Collectors.toMap(SocketTable.Row::address, SocketTable.Row::drops, Long::sum));
            current.forEach(this::see);
            return dropsOfClosedSockets
                    + lastSeen.values().stream().mapToLong(Long::longValue).sum();
        } catch (IOException e) {
            return LinkCounters.UNKNOWN;
        }
    }

    /** A number that went down belongs to a new socket. */
    private void see(InetAddress address, long drops) {
        long before = lastSeen.getOrDefault(address, 0L);
        if (drops < before) {
            dropsOfClosedSockets += before;
        }
        lastSeen.put(address, drops);
    }
}
