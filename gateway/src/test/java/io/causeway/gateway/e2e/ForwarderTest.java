package io.causeway.gateway.e2e;

import io.causeway.client.ClientSettings;
import io.causeway.client.Endpoint;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Devices, a forwarder, and a gateway elsewhere. */
@Timeout(60)
class ForwarderTest {
    private static final String GATEWAY = """
            gateway-id: 7
            data-dir: "%s"
            links: [{type: udp, bind: "127.0.0.1:%d"}]
            upstream: {listen: "127.0.0.1:0"}
            admin: none
            """;

    private Site site;
    private TestForwarder forwarder;

    @BeforeEach
    void start() throws Exception {
        site = Site.integrated("");
        forwarder = TestForwarder.to(site.gateway().udp());
        forwarder.awaitReady();
    }

    @AfterEach
    void stop() throws Exception {
        forwarder.close();
        site.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void message_passesBothWays(int qos) throws Exception {
        Application application = site.subscriber("forwarded/up");
        Sensor sensor = sensor("node", forwarder);
        sensor.subscribe("forwarded/down", qos);

        sensor.publish("forwarded/up", "here", qos);
        application.publish("forwarded/down", "there", qos);

        assertThat(application.receive(1)).containsExactly(new Message("forwarded/up", "here", qos, false));
        assertThat(sensor.receive(1)).containsExactly(new Message("forwarded/down", "there", qos, false));
    }

    @Test
    void sleeper_getsItsMessagesWhenItWakes() throws Exception {
        Application application = site.application();
        Sensor sensor = sensor("sleeper", forwarder);
        sensor.subscribe("forwarded/down", 1);
        sensor.sleep(Duration.ofSeconds(60));
        application.publish("forwarded/down", "asleep", 1);
        Patience.await("the message waits").until(() -> site.gateway().metric("queued_messages") == 1);

        sensor.awaken();

        assertThat(sensor.payloads()).containsExactly("asleep");
    }

    @Test
    void search_isAnsweredByTheGateway() throws Exception {
        RawSensor device = site.rawSensor(forwarder.udp());

        device.exchange("03 01 01", "03 02 07");
    }

    @Test
    void devices_areToldApart() throws Exception {
        RawSensor one = site.rawSensor(forwarder.udp());
        RawSensor other = site.rawSensor(forwarder.udp());
        one.exchange(RawSensor.connect("one"), RawSensor.CONNACK_ACCEPTED);
        other.exchange(RawSensor.connect("other"), RawSensor.CONNACK_ACCEPTED);

        one.exchange(RawSensor.DISCONNECT, RawSensor.DISCONNECT);

        other.exchange(RawSensor.PINGREQ, RawSensor.PINGRESP);
    }

    @Test
    void forwarderBehindAForwarder_isServed() throws Exception {
        try (TestForwarder inner = TestForwarder.to(forwarder.udp())) {
            inner.awaitReady();
            RawSensor device = site.rawSensor(inner.udp());

            device.exchange("03 01 01", "03 02 07");
            device.exchange(RawSensor.connect("far"), RawSensor.CONNACK_ACCEPTED);
            device.exchange(RawSensor.PINGREQ, RawSensor.PINGRESP);
        }
    }

    @Test
    void deviceThatRoams_isFollowedByItsSession() throws Exception {
        try (TestForwarder second = TestForwarder.to(site.gateway().udp())) {
            Application application = site.application();
            Sensor here = sensor("roamer", forwarder);
            here.subscribe("forwarded/down", 1);
            application.publish("forwarded/down", "1", 1);
            here.receive(1);

            Sensor there = sensor("roamer", second);
            application.publish("forwarded/down", "2", 1);

            there.receive(1);
            assertThat(there.payloads()).containsExactly("2");
            assertThat(here.payloads()).containsExactly("1");
        }
    }

    @Test
    void forwarderThatIsRestarted_isNotNoticedByItsDevices() throws Exception {
        RawSensor device = site.rawSensor(forwarder.udp());
        device.exchange(RawSensor.connect("stays"), RawSensor.CONNACK_ACCEPTED);
        int devicePort = forwarder.udp().getPort();
        int gatewayPort = forwarder.gatewayPort();

        forwarder.close();
        forwarder = TestForwarder.start(site.gateway().udp(), devicePort, gatewayPort);
        forwarder.awaitReady();

        device.exchange(RawSensor.PINGREQ, RawSensor.PINGRESP);
    }

    @Test
    void gatewayThatIsRestarted_isNotNoticedByDevices(@TempDir Path data) throws Exception {
        InetSocketAddress address = freeAddress();
        String settings = GATEWAY.formatted(data, address.getPort());
        try (TestForwarder toIt = TestForwarder.to(address)) {
            toIt.awaitReady();
            RawSensor device = site.rawSensor(toIt.udp());
            try (TestGateway gateway = TestGateway.startReady(settings)) {
                assertThat(gateway.udp()).isEqualTo(address);
                device.exchange(RawSensor.connect("stays"), RawSensor.CONNACK_ACCEPTED);
            }
            try (TestGateway again = TestGateway.startReady(settings)) {
                assertThat(again.udp()).isEqualTo(address);
                device.exchange(RawSensor.PINGREQ, RawSensor.PINGRESP);
            }
        }
    }

    @Test
    void gatewayThatComesLate_isServedThrough(@TempDir Path data) throws Exception {
        InetSocketAddress address = freeAddress();
        try (TestForwarder early = TestForwarder.to(address)) {
            early.awaitReady();
            RawSensor device = site.rawSensor(early.udp());
            device.send(RawSensor.connect("unheard"));
            try (TestGateway late = TestGateway.startReady(GATEWAY.formatted(data, address.getPort()))) {
                assertThat(late.udp()).isEqualTo(address);
                device.exchange(RawSensor.connect("patient"), RawSensor.CONNACK_ACCEPTED);
            }
        }
    }

    /** Where a gateway can be later. */
    private static InetSocketAddress freeAddress() throws SocketException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
            return new InetSocketAddress(loopback, socket.getLocalPort());
        }
    }

    private Sensor sensor(String clientId, TestForwarder through) {
        return site.newSensor(ClientSettings.forClient(clientId).cleanSession(false), Endpoint.of(through.udp()))
                .connect();
    }
}
