package io.causeway.radio.udp;

import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tells the addresses this machine has at the moment. A seam, because a test cannot plug cables. */
@FunctionalInterface
interface LocalAddresses {
    /** May take milliseconds, so not to be called on an event loop. */
    List<LocalAddress> now() throws IOException;

    /** Asks the system; the interfaces in the system's own order. */
    static LocalAddresses ofThisMachine() {
        return () -> {
            List<LocalAddress> addresses = new ArrayList<>();
            List<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .toList();
            for (NetworkInterface each : interfaces) {
                NetworkLink link = new NetworkLink(each.getName(), each.getIndex(), isMulticast(each));
                for (InterfaceAddress one : each.getInterfaceAddresses()) {
                    addresses.add(new LocalAddress(one.getAddress(), one.getNetworkPrefixLength(), link));
                }
            }
            return addresses;
        };
    }

    private static boolean isMulticast(NetworkInterface candidate) {
        try {
            return candidate.supportsMulticast();
        } catch (SocketException e) {
            return false; // it has gone while we looked; the next scan does not list it
        }
    }
}
