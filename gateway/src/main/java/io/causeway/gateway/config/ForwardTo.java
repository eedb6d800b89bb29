package io.causeway.gateway.config;

import io.causeway.settings.HostPort;
import java.util.List;

/** Where the gateway of a forwarder is: {@code gateway}. */
public sealed interface ForwardTo {
    /** In which group gateways are looked for, if nothing else is said: that of the gateway's own default. */
    HostPort USUAL_GROUP = new HostPort("225.1.1.1", 1883);

    /**
     * One of these; the later ones stand in.
     *
     * @param gateways at least one
     */
    record Listed(List<HostPort> gateways) implements ForwardTo {
        /** @throws IllegalArgumentException if there is none */
        public Listed {
            gateways = List.copyOf(gateways);
            if (gateways.isEmpty()) {
                throw new IllegalArgumentException("there is no gateway");
            }
        }
    }

    /**
     * {@code discover}: wherever one makes itself known.
     *
     * @param group      the multicast group to ask and listen in
     * @param interfaces names of the network interfaces to do so on; empty: all that can
     */
    record Discovered(HostPort group, List<String> interfaces) implements ForwardTo {
        /** @throws IllegalArgumentException if the group is no multicast address with a port */
        public Discovered {
            UdpLink.requireMulticast(group);
            if (group.port() == 0) {
                throw new IllegalArgumentException("a group needs a port");
            }
            interfaces = List.copyOf(interfaces);
        }
    }
}
