package io.causeway.radio.udp;

import java.net.InetSocketAddress;

import static io.causeway.radio.udp.MadeUpNetwork.PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What only shows on a machine with several interfaces; {@link NamespaceTest} runs each in a process of its own. */
enum NamespaceScenario {
    IPV4_GROUP_ON_TWO_LINKS {
        @Override
        void run(MadeUpNetwork network) throws Exception {
            InetSocketAddress group = new InetSocketAddress("225.1.1.1", PORT);
            try (UdpTransport transport = network.open("0.0.0.0", group)) {
                assertThat(transport.endpoints())
                        .contains("192.0.2.1:1883", "198.51.100.1:1883", "127.0.0.1:1883")
                        .contains("225.1.1.1:1883 on left", "225.1.1.1:1883 on right");
                network.assertAnsweredFrom(transport, "192.0.2.1", "left", "192.0.2.1", group);
                network.assertAnsweredFrom(transport, "198.51.100.1", "right", "198.51.100.1", group);
                network.assertAnsweredFrom(transport, "192.0.2.1", "right", "198.51.100.1", group);
                network.assertBroadcast(transport, group, "left", "192.0.2.1");
                network.assertBroadcast(transport, group, "right", "198.51.100.1");
            }
        }
    },

    IPV6_LINK_LOCAL_GROUP_ON_TWO_LINKS_WITH_THE_SAME_ADDRESS {
        @Override
        void run(MadeUpNetwork network) throws Exception {
            InetSocketAddress group = new InetSocketAddress("ff02::cafe", PORT);
            try (UdpTransport transport = network.open("::", group)) {
                assertThat(transport.endpoints())
                        .contains("[fe80::1%left]:1883", "[fe80::1%right]:1883", "[fd00:1::1]:1883", "[::1]:1883")
                        .contains("[ff02::cafe]:1883 on left", "[ff02::cafe]:1883 on right");
                network.assertAnsweredFrom(transport, "fe80::1%left", "left", "fe80::1%left", group);
                network.assertAnsweredFrom(transport, "fe80::1%right", "right", "fe80::1%right", group);
                network.assertAnsweredFrom(transport, "fd00:1::1", "left", "fd00:1::1", group);
                network.assertBroadcast(transport, group, "left", "fe80::1%left");
                network.assertBroadcast(transport, group, "right", "fe80::1%right");
            }
        }
    },

    IPV6_SITE_WIDE_GROUP_ON_TWO_LINKS {
        @Override
        void run(MadeUpNetwork network) throws Exception {
            InetSocketAddress group = new InetSocketAddress("ff05::cafe", PORT);
            try (UdpTransport transport = network.open("::", group)) {
                assertThat(transport.endpoints()).contains("[ff05::cafe]:1883 on left, right");
                network.assertAnsweredFrom(transport, "fd00:1::1", "left", "fd00:1::1", group);
                network.assertAnsweredFrom(transport, "fd00:2::1", "right", "fd00:2::1", group);
                network.assertAnsweredFrom(transport, "fe80::1%right", "right", "fe80::1%right", group);
                // the system hands a member what comes in by any link on which anybody has joined
                network.assertBroadcast(transport, group, "left", "fd00:1::1", "fd00:2::1");
            }
        }
    },

    ADDRESSES_AND_LINKS_COME_AND_GO {
        @Override
        void run(MadeUpNetwork network) throws Exception {
            InetSocketAddress group = new InetSocketAddress("225.1.1.1", PORT);
            try (UdpTransport transport = network.open("0.0.0.0", group)) {
                network.ip("address", "add", "192.0.2.9/24", "dev", "left");
                await().until(() -> transport.endpoints().contains("192.0.2.9:1883"));
                network.assertServed("192.0.2.9");

                network.ip("link", "delete", "right");
                await().until(() -> transport.endpoints().stream()
                        .noneMatch(each -> each.startsWith("198.51.100.1") || each.endsWith("right")));

                network.link("right", "198.51.100.1/24", "fd00:2::1/64");
                await().until(() -> transport.endpoints().contains("225.1.1.1:1883 on right"));
                network.assertAnsweredFrom(transport, "198.51.100.1", "right", "198.51.100.1", group);
                network.assertBroadcast(transport, group, "right", "198.51.100.1");
            }
        }
    },

    ADDRESS_OF_ONE_LINK_JOINS_ONLY_THERE {
        @Override
        void run(MadeUpNetwork network) throws Exception {
            InetSocketAddress group = new InetSocketAddress("225.1.1.1", PORT);
            try (UdpTransport transport = network.open("198.51.100.1", group)) {
                assertThat(transport.endpoints()).containsExactly("198.51.100.1:1883", "225.1.1.1:1883 on right");
            }
        }
    };

    abstract void run(MadeUpNetwork network) throws Exception;
}
