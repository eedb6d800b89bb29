package io.causeway.forwarder;

import java.net.InetSocketAddress;
import java.util.List;

/** Which gateways a forwarder may use. */
public sealed interface WantedGateways {
    /**
     * These, in the order of preference.
     *
     * @param names unresolved, at least one; looked up while the forwarder runs
     */
    record Listed(List<InetSocketAddress> names) implements WantedGateways {
        /** @throws IllegalArgumentException if there is none */
        public Listed {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("there is no gateway");
            }
        }
    }

    /**
     * Those that make themselves known in a multicast group (1.2 §6.1).
     *
     * @param group      its address and port
     * @param interfaces names of the network interfaces to look on; empty: all that can
     */
    record Discovered(InetSocketAddress group, List<String> interfaces) implements WantedGateways {
        public Discovered {
            interfaces = List.copyOf(interfaces);
        }
    }
}
