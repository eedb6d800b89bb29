package io.causeway.gateway.e2e;

import io.causeway.testkit.Mosquitto;
import io.causeway.testkit.Requirement;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The gateway as operators start and stop it. */
@Timeout(120)
class ProcessTest {
    /** Two seconds are promised, on a machine that has nothing else to do. */
    private static final Duration LONGEST_END = Duration.ofSeconds(6);

    private static final int STOPPED = 0;
    private static final int NOT_STARTED = 1;
    private static final int WRONG_CONFIGURATION = 2;

    private final Path brokerFiles;
    private final Path files;

    ProcessTest(@TempDir Path brokerFiles, @TempDir Path files) {
        this.brokerFiles = brokerFiles;
        this.files = files;
    }

    @Test
    void start_printsEndpointsAndThenReady() throws Exception {
        try (Mosquitto broker = Mosquitto.start(brokerFiles);
                GatewayProcess gateway = GatewayProcess.run(files, Site.configuration(broker))) {
            gateway.awaitReady();

            assertThat(gateway.out()).hasSize(4);
            assertThat(gateway.out().get(0)).startsWith("UDP 127.0.0.1:");
            assertThat(gateway.out().get(1)).contains(broker.uri().toString());
            assertThat(gateway.out().get(2)).startsWith("admin http://127.0.0.1:");
            assertThat(gateway.out().get(3)).isEqualTo("ready");
        }
    }

    @Test
    void logLevel_countsForEveryLine() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.run(files, Site.integratedConfiguration("log-level: warn\n"))) {
            gateway.awaitReady();
            try (RawSensor sensor = RawSensor.open(gateway.udp())) {
                sensor.exchange(RawSensor.connect("quiet"), RawSensor.CONNACK_ACCEPTED);
            }
            assertThat(gateway.err()).doesNotContain("INFO");
        }
    }

    @Test
    @Requirement("G-BRK-03")
    void terminated_answersWhatIsUnderWayAndEnds() throws Exception {
        try (Mosquitto broker = Mosquitto.start(brokerFiles);
                GatewayProcess gateway = GatewayProcess.run(files, Site.configuration(broker))) {
            gateway.awaitReady();
            try (RawSensor sensor = RawSensor.open(gateway.udp())) {
                sensor.exchange(RawSensor.connect("last"), RawSensor.CONNACK_ACCEPTED);
                broker.freeze();
                sensor.send("08 0c 22 6162 0001 21"); // PUBLISH to "ab", short, QoS 1
                sensor.exchange(RawSensor.PINGREQ, RawSensor.PINGRESP);

                long beganNanos = System.nanoTime();
                gateway.terminate();
                broker.thaw();

                sensor.expect("07 0d 6162 0001 00");
                assertThat(gateway.exitCode()).isEqualTo(STOPPED);
                assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isLessThan(LONGEST_END);
            }
        }
    }

    @Test
    void terminatedWhileTheBrokerSaysNothing_endsAllTheSame() throws Exception {
        try (Mosquitto broker = Mosquitto.start(brokerFiles);
                GatewayProcess gateway = GatewayProcess.run(files, Site.configuration(broker))) {
            gateway.awaitReady();
            try (RawSensor sensor = RawSensor.open(gateway.udp())) {
                sensor.exchange(RawSensor.connect("last"), RawSensor.CONNACK_ACCEPTED);
                broker.freeze();
                sensor.send("08 0c 22 6162 0001 21");
                sensor.exchange(RawSensor.PINGREQ, RawSensor.PINGRESP);

                long beganNanos = System.nanoTime();
                gateway.terminate();

                sensor.expect("07 0d 6162 0001 01"); // congestion: nobody has the message
                assertThat(gateway.exitCode()).isEqualTo(STOPPED);
                assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isLessThan(LONGEST_END);
            }
        }
    }

    @Test
    void killed_leavesWhatItHasPromisedToTheNext() throws Exception {
        String yaml = Site.durable(Site.integratedConfiguration(""), files);
        try (GatewayProcess first = GatewayProcess.run(files, yaml)) {
            first.awaitReady();
            try (RawSensor sensor = RawSensor.open(first.udp())) {
                sensor.exchange(RawSensor.connect("steady"), RawSensor.CONNACK_ACCEPTED);
                sensor.send("0a 0a 0000 0001 6b657074"); // REGISTER "kept"
                String topicId = sensor.receive().substring(4, 8);

                first.kill();

                try (GatewayProcess second = GatewayProcess.run(files, yaml)) {
                    second.awaitReady();
                    sensor.exchange("08 0c 20" + topicId + "0002 21", "07 0d" + topicId + "0002 00");
                }
            }
        }
    }

    @Test
    void dataDirectoryOfAnotherProcess_endsTheStart() throws Exception {
        String yaml = Site.durable(Site.integratedConfiguration(""), files);
        try (GatewayProcess first = GatewayProcess.run(files, yaml)) {
            first.awaitReady();

            try (GatewayProcess second = GatewayProcess.run(brokerFiles, yaml)) {
                assertThat(second.exitCode()).isEqualTo(NOT_STARTED);
                assertThat(second.err()).contains(files.resolve("data") + ": another gateway uses it (pid ");
                assertThat(second.out()).isEmpty();
            }
        }
    }

    @Test
    void hangUp_readsTheTopicsAgain() throws Exception {
        String yaml = """
                links: [{type: udp, bind: "127.0.0.1:0"}]
                admin: none
                topics: [{id: 1, name: ab}]
                """;
        try (GatewayProcess gateway = GatewayProcess.run(files, yaml)) {
            gateway.awaitReady();
            try (RawSensor sensor = RawSensor.open(gateway.udp())) {
                sensor.exchange(RawSensor.connect("reader"), RawSensor.CONNACK_ACCEPTED);
                sensor.exchange("07 12 01 0001 0002", "08 13 00 0000 0001 02"); // SUBSCRIBE to predefined topic 2

                Files.writeString(
                        files.resolve("causeway.yaml"), yaml.replace("{id: 1, name: ab}", "{id: 2, name: ab}"));
                gateway.signal("HUP");

                Patience.await("topic 2 is known").until(() -> {
                    sensor.send("07 12 01 0001 0002");
                    return sensor.receive().endsWith("00");
                });
            }
        }
    }

    @Test
    void wrongConfiguration_isExplainedInOneGo() throws Exception {
        String yaml = """
                gateway-id: 0
                links: [{type: udp, bind: "127.0.0.1:0"}]
                upstream: {mode: aggregating}
                colour: blue
                """;
        try (GatewayProcess gateway = GatewayProcess.run(files, yaml)) {
            assertThat(gateway.exitCode()).isEqualTo(WRONG_CONFIGURATION);
            assertThat(gateway.err())
                    .contains("causeway.yaml:1:", "gateway-id", "upstream.broker", "causeway.yaml:4:", "colour");
            assertThat(gateway.out()).isEmpty();
        }
    }

    @Test
    void takenPort_endsTheStart() throws Exception {
        try (DatagramSocket holder = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                GatewayProcess gateway = GatewayProcess.run(files, """
                        links: [{type: udp, bind: "127.0.0.1:%d"}]
                        admin: none
                        """.formatted(holder.getLocalPort()))) {
            assertThat(gateway.exitCode()).isEqualTo(NOT_STARTED);
            assertThat(gateway.err())
                    .contains("127.0.0.1:" + holder.getLocalPort())
                    .contains(Long.toString(ProcessHandle.current().pid()))
                    .contains("links[0].bind");
        }
    }
}
