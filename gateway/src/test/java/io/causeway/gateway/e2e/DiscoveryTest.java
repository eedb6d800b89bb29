package io.causeway.gateway.e2e;

import io.causeway.client.ClientLoop;
import io.causeway.client.FoundGateway;
import io.causeway.client.GatewaySearch;
import io.causeway.settings.HostPort;
import io.causeway.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.net.StandardProtocolFamily.INET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** How a client finds a gateway. */
@Timeout(60)
class DiscoveryTest {
    private static final int GATEWAY_ID = 9;

    @Test
    @Requirement({"G-DISC-01", "G-DISC-02", "G-DISC-04", "W-FMT-04"})
    void unicastSearch_isAnsweredFromTheServiceSocket() throws Exception {
        try (TestGateway gateway = TestGateway.startReady("""
                        data-dir: none
                        gateway-id: 9
                        links: [{type: udp, bind: "127.0.0.1:0"}]
                        admin: none
                        """);
                RawSensor sensor = RawSensor.open(gateway.udp())) {
            sensor.exchange("03 01 00", "03 02 09");
            sensor.exchange("03 01 05", "03 02 09");

            sensor.exchange(RawSensor.connect("searcher"), RawSensor.CONNACK_ACCEPTED);
            sensor.exchange("03 01 00", "03 02 09");
            sensor.exchange(RawSensor.PINGREQ, RawSensor.PINGRESP);
        }
    }

    @Test
    @Requirement({"G-DISC-06", "G-DISC-07", "W-FMT-04"})
    void multicastSearch_findsTheServiceSocket() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        InetSocketAddress group = new HostPort("225.1.1.77", freePort()).resolve();
        assumeTrue(multicastWorks(loopback, group), "the system passes no multicast on its loopback");
        try (TestGateway gateway = TestGateway.startReady("""
                        data-dir: none
                        gateway-id: 9
                        links:
                          - type: udp
                            bind: "127.0.0.1:0"
                            discovery-group: "225.1.1.77:%d"
                            interfaces: [%s]
                        admin: none
                        """.formatted(group.getPort(), loopback.getName()));
                ClientLoop loop = ClientLoop.start()) {
            GatewaySearch search = new GatewaySearch(group, 1, Duration.ZERO, Duration.ofMillis(500), 5);

            FoundGateway found = Patience.get(loop.searchGateway(search, loopback));

            assertThat(found).isEqualTo(new FoundGateway(GATEWAY_ID, gateway.udp()));
        }
    }

    @Test
    @Requirement("G-DISC-08")
    void storeThatTakesNothing_nothingIsAdvertisedUntilItDoes(@TempDir Path directory) throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        InetSocketAddress group = new HostPort("225.1.1.78", freePort()).resolve();
        assumeTrue(multicastWorks(loopback, group), "the system passes no multicast on its loopback");
        Path database = directory.resolve("causeway.db");
        Path elsewhere = directory.resolve("elsewhere");
        try (TestGateway gateway =
                        TestGateway.startReady("""
                        data-dir: "%s"
                        gateway-id: 9
                        links:
                          - type: udp
                            bind: "127.0.0.1:0"
                            discovery-group: "225.1.1.78:%d"
                            interfaces: [%s]
                            advertise: 1s
                        upstream: {listen: none}
                        admin: {listen: "127.0.0.1:0"}
                        """.formatted(directory, group.getPort(), loopback.getName()));
                RawSensor sensor = RawSensor.open(gateway.udp())) {
            Files.move(database, elsewhere);
            gateway.awaitNotReady();
            sensor.exchange("03 01 00", "03 02 09");

            long sent = sentDatagrams(gateway);
            Patience.await("no advertisement")
                    .during(Duration.ofMillis(2_500))
                    .until(() -> sentDatagrams(gateway) == sent);

            Files.move(elsewhere, database);
            Patience.await("advertisement").until(() -> sentDatagrams(gateway) > sent);
        }
    }

    @Test
    void forwarderThatDiscoversItsGateway_servesItsDevices() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        InetSocketAddress group = new HostPort("225.1.1.79", freePort()).resolve();
        assumeTrue(multicastWorks(loopback, group), "the system passes no multicast on its loopback");
        String here =
                "discovery-group: \"225.1.1.79:%d\", interfaces: [%s]".formatted(group.getPort(), loopback.getName());
        try (TestForwarder forwarder = TestForwarder.start("""
                        links: [{type: udp, bind: "127.0.0.1:0"}]
                        gateway: discover
                        discovery-group: "225.1.1.79:%d"
                        interfaces: [%s]
                        gateway-port: 0
                        admin: none
                        """.formatted(group.getPort(), loopback.getName()));
                TestGateway gateway = TestGateway.startReady("""
                        data-dir: none
                        gateway-id: 9
                        links: [{type: udp, bind: "127.0.0.1:0", advertise: 1s, %s}]
                        upstream: {listen: none}
                        admin: none
                        """.formatted(here));
                RawSensor sensor = RawSensor.open(forwarder.udp())) {
            forwarder.awaitReady();

            sensor.exchange("03 01 00", "03 02 09");
            sensor.exchange(RawSensor.connect("searcher"), RawSensor.CONNACK_ACCEPTED);
            assertThat(gateway.udp()).isNotEqualTo(forwarder.udp());
        }
    }

    private static long sentDatagrams(TestGateway gateway) throws Exception {
        return gateway.metrics().entrySet().stream()
                .filter(each -> each.getKey().startsWith("link_sent_datagrams_total"))
                .mapToLong(each -> Math.round(each.getValue()))
                .sum();
    }

    private static int freePort() throws Exception {
        try (DatagramChannel channel = DatagramChannel.open(INET)) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        }
    }

    /** Whether a member of the group hears what is sent to it. */
    private static boolean multicastWorks(NetworkInterface loopback, InetSocketAddress group) throws Exception {
        try (DatagramChannel member = DatagramChannel.open(INET);
                DatagramChannel sender = DatagramChannel.open(INET)) {
            member.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            member.bind(new InetSocketAddress(group.getPort()));
            member.join(group.getAddress(), loopback);
            sender.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
            sender.send(ByteBuffer.allocate(1), group);
            member.configureBlocking(false);
            ByteBuffer heard = ByteBuffer.allocate(1);
            Patience.await("a datagram for the group")
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> member.receive(heard) != null);
            return true;
        } catch (IOException | ConditionTimeoutException e) {
            return false;
        }
    }
}
