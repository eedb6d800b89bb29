package io.causeway.gateway.e2e;

import io.causeway.testkit.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A site is stopped while brokers far away do not say whether they have what was sent to them. */
@Timeout(120)
class BridgesStopTest {
    private static final String PUBLISH = "08 0c 21 0001 0007 61"; // QoS 1, predefined topic 1

    private Mosquitto far;
    private CutProxy wire;
    private Application cloud;

    @BeforeEach
    void startFar(@TempDir Path files) throws Exception {
        far = Mosquitto.start(files);
        wire = CutProxy.to(far.port());
        cloud = Application.connect(far.port(), "cloud");
        cloud.subscribe("#", 1);
    }

    @AfterEach
    void stopFar() throws Exception {
        cloud.close();
        wire.close();
        far.close();
    }

    @Test
    void messageUnderWay_isNotAcknowledged_soThatItsPublisherRepeatsIt() throws Exception {
        TestGateway gateway = bridgedTimes(1);
        try (RawSensor sensor = RawSensor.open(gateway.udp())) {
            publishUnderWay(sensor, 1);

            gateway.close(Duration.ofMillis(200));

            assertThat(sensor.hasAnswer()).isFalse();
        }
    }

    @Test
    void severalBridges_takeNoLongerThanOne() throws Exception {
        Duration drain = Duration.ofSeconds(2);
        TestGateway gateway = bridgedTimes(4);
        try (RawSensor sensor = RawSensor.open(gateway.udp())) {
            publishUnderWay(sensor, 4);

            long beganNanos = System.nanoTime();
            gateway.close(drain);

            assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isBetween(drain, drain.multipliedBy(3));
        }
    }

    private void publishUnderWay(RawSensor sensor, int copies) throws Exception {
        sensor.exchange(RawSensor.connect("thermometer"), RawSensor.CONNACK_ACCEPTED);
        wire.loseAnswers();
        sensor.send(PUBLISH);
        assertThat(cloud.receive(copies)).hasSize(copies);
    }

    private TestGateway bridgedTimes(int bridges) throws Exception {
        StringBuilder more = new StringBuilder("bridge:\n");
        for (int i = 1; i <= bridges; i++) {
            more.append("""
                      - name: cloud-%d
                        broker: mqtt://127.0.0.1:%d
                        rules: [{filter: "#", direction: out, remote-prefix: "site-%d/"}]
                    """.formatted(i, wire.port(), i));
        }
        TestGateway gateway = TestGateway.startReady(Site.integratedConfiguration(more.toString()));
        Patience.await("bridges connected")
                .until(() -> gateway.metrics().entrySet().stream()
                                .filter(each -> each.getKey().startsWith("bridge_connected"))
                                .mapToLong(each -> Math.round(each.getValue()))
                                .sum()
                        == bridges);
        return gateway;
    }
}
