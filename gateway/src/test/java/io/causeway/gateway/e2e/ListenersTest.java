package io.causeway.gateway.e2e;

import io.causeway.gateway.cli.StartException;
import io.causeway.settings.HostPort;
import io.causeway.testkit.Requirement;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Several listeners, and those that cannot be opened. */
@Timeout(60)
class ListenersTest {
    private static final String IPV6_LOOPBACK = "::1";

    @Test
    @Requirement("W-FMT-04")
    void everyListener_answersFromItsOwnPort() throws Exception {
        assumeTrue(canBind(IPV6_LOOPBACK), "the system has no IPv6");
        try (TestGateway gateway = TestGateway.startReady("""
                data-dir: none
                links:
                  - {type: udp, bind: "127.0.0.1:0"}
                  - {type: udp, bind: "127.0.0.1:0"}
                  - {type: udp, bind: "[::1]:0"}
                admin: none
                """)) {
            List<InetSocketAddress> endpoints = gateway.udpEndpoints();
            assertThat(endpoints).hasSize(3).doesNotHaveDuplicates();
            for (InetSocketAddress endpoint : endpoints) {
                try (RawSensor sensor = RawSensor.open(endpoint)) {
                    sensor.exchange(RawSensor.connect("at-" + endpoint.getPort()), RawSensor.CONNACK_ACCEPTED);
                    sensor.exchange(RawSensor.PINGREQ, RawSensor.PINGRESP);
                }
            }
        }
    }

    @Test
    @Requirement({"W-FMT-04", "G-NAT-01", "G-CONN-08"})
    void clientThatComesToAnotherListener_isServedThere() throws Exception {
        try (TestGateway gateway = TestGateway.startReady("""
                data-dir: none
                links:
                  - {type: udp, bind: "127.0.0.1:0"}
                  - {type: udp, bind: "127.0.0.1:0"}
                admin: none
                """);
                RawSensor before = RawSensor.open(gateway.udpEndpoints().get(0));
                RawSensor after = RawSensor.open(gateway.udpEndpoints().get(1));
                RawSensor publisher = RawSensor.open(gateway.udp())) {
            before.exchange(RawSensor.connect("mover", 0), RawSensor.CONNACK_ACCEPTED);
            before.exchange("07 12 02 0001 6162", "08 13 00 6162 0001 00"); // SUBSCRIBE "ab", short, QoS 0

            after.exchange(RawSensor.connect("mover", 0), RawSensor.CONNACK_ACCEPTED);
            before.expect(RawSensor.DISCONNECT);
            publisher.send("08 0c 62 6162 0000 21"); // PUBLISH to "ab", QoS -1

            after.expect("08 0c 02 6162 0000 21");
        }
    }

    @Test
    void takenUdpPort_isExplained() throws Exception {
        try (DatagramSocket holder = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertThatThrownBy(() -> TestGateway.start("""
                            data-dir: none
                            links:
                              - {type: udp, bind: "127.0.0.1:0"}
                              - {type: udp, bind: "127.0.0.1:%d"}
                            admin: none
                            """.formatted(holder.getLocalPort())))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("127.0.0.1:" + holder.getLocalPort())
                    .hasMessageContaining("in use")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                    .hasMessageContaining("links[1].bind");
        }
    }

    @Test
    void takenAdminPort_isExplained() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> TestGateway.start("""
                            data-dir: none
                            links: [{type: udp, bind: "127.0.0.1:0"}]
                            admin: {listen: "127.0.0.1:%d"}
                            """.formatted(holder.getLocalPort())))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("127.0.0.1:" + holder.getLocalPort())
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                    .hasMessageContaining("admin.listen");
        }
    }

    @Test
    void gatewayThatCouldNotStart_leavesNothingOpen() throws Exception {
        int port = freePort();
        try (DatagramSocket holder = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertThatThrownBy(() -> TestGateway.start("""
                            data-dir: none
                            links:
                              - {type: udp, bind: "127.0.0.1:%d"}
                              - {type: udp, bind: "127.0.0.1:%d"}
                            admin: none
                            """.formatted(port, holder.getLocalPort())))
                    .isInstanceOf(StartException.class);

            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).close();
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }

    private static boolean canBind(String address) {
        try (DatagramSocket socket = new DatagramSocket(new HostPort(address, 0).resolve())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
