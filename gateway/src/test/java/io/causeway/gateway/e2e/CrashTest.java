package io.causeway.gateway.e2e;

import io.causeway.codec.v12.Qos;
import io.causeway.testkit.Mosquitto;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway is killed at random moments while sensors publish: nothing that it has acknowledged is missing, nothing at
 * QoS 2 comes twice, all is in order, and no sensor notices more than a pause. {@code -Dcrash.rounds=200} for the long
 * form.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
    private static final int SENSORS = 8;
    private static final int MOST_BETWEEN_KILLS = 400;
    private static final String APPLICATION = "application";
    private static final String SLEEPER = "sleeper";

    private final Path files;
    private final Path brokerFiles;
    private final Random random = new Random(Long.getLong("crash.seed", 4));
    private final Ledger ledger = new Ledger();
    private final List<CrashSensor> sensors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Set<String> exactlyOnce = new LinkedHashSet<>();
    private InetSocketAddress udp;
    private CrashSleeper sleeper;
    private String yaml = "";
    private @Nullable GatewayProcess gateway;

    CrashTest(@TempDir Path files, @TempDir Path brokerFiles) {
        this.files = files;
        this.brokerFiles = brokerFiles;
    }

    @BeforeEach
    void chooseAddress() throws IOException {
        udp = new InetSocketAddress(InetAddress.getLoopbackAddress(), freeUdpPort());
        sleeper = new CrashSleeper(SLEEPER, udp, ledger);
    }

    @AfterEach
    void end() throws InterruptedException {
        sensors.forEach(CrashSensor::stop);
        sleeper.stop();
        for (Thread each : threads) {
            each.join(TimeUnit.SECONDS.toMillis(5));
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void integrated_killedAgainAndAgain_keepsItsPromises() throws Exception {
        int mqttPort = freeTcpPort();
        startGateway(integrated("data", udp.getPort(), mqttPort));
        withstand(mqttPort, () -> killGateway());
    }

    @Test
    void aggregating_killedAgainAndAgain_keepsItsPromises() throws Exception {
        try (Mosquitto broker = Mosquitto.startDurable(brokerFiles)) {
            startGateway(aggregating(broker.port()));
            withstand(broker.port(), () -> killGateway());
        }
    }

    @Test
    void aggregating_networkCutAndGatewayKilled_keepsItsPromises() throws Exception {
        try (Mosquitto broker = Mosquitto.startDurable(brokerFiles);
                CutProxy wire = CutProxy.to(broker.port())) {
            startGateway(aggregating(wire.port()));
            withstand(broker.port(), () -> {
                wire.cut();
                awaitProgress(random.nextInt(MOST_BETWEEN_KILLS));
                if (random.nextBoolean()) {
                    killGateway();
                    awaitProgress(random.nextInt(MOST_BETWEEN_KILLS));
                }
                wire.mend();
            });
        }
    }

    @Test
    void aggregating_brokerKilledAgainAndAgain_keepsItsPromises() throws Exception {
        int mqttPort = freeTcpPort();
        String brokerYaml = integrated("data-of-broker", freeUdpPort(), mqttPort);
        GatewayProcess[] broker = {GatewayProcess.run(brokerFiles, brokerYaml)};
        try {
            broker[0].awaitReady();
            startGateway(aggregating(mqttPort));
            withstand(mqttPort, () -> {
                broker[0].close();
                awaitProgress(random.nextInt(MOST_BETWEEN_KILLS));
                broker[0] = GatewayProcess.run(brokerFiles, brokerYaml);
            });
        } finally {
            broker[0].close();
        }
    }

    @Test
    void bridged_networkCutAndGatewayKilled_keepsItsPromises() throws Exception {
        try (Mosquitto broker = Mosquitto.startDurable(brokerFiles);
                CutProxy wire = CutProxy.to(broker.port())) {
            startGateway(integrated("data", udp.getPort(), freeTcpPort()) + """
                    bridge:
                      - name: far
                        broker: mqtt://127.0.0.1:%d
                        reconnect: {min: 50ms, max: 200ms}
                        rules: [{filter: "crash/#", direction: out, qos: 2}]
                    """.formatted(wire.port()));
            withstand(broker.port(), () -> {
                wire.cut();
                awaitProgress(random.nextInt(MOST_BETWEEN_KILLS));
                killGateway();
                awaitProgress(random.nextInt(MOST_BETWEEN_KILLS));
                wire.mend();
            });
        }
    }

    @Test
    void integrated_diskFullAgainAndAgain_keepsItsPromises() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(files.resolve("small"))) {
            int mqttPort = freeTcpPort();
            startGateway(integrated("small/data", udp.getPort(), mqttPort));
            withstand(mqttPort, () -> {
                disk.fill();
                awaitLog("nothing new is taken");
                disk.clear();
                awaitProgress(1);
                killGateway();
            });
        }
    }

    /** What happens, again and again, while messages pass. */
    @FunctionalInterface
    private interface Disaster {
        void strike() throws IOException;
    }

    /** @param mqttPort of the broker that the application listens to */
    private void withstand(int mqttPort, Disaster disaster) throws Exception {
        requireGateway().awaitReady();
        try (CrashApplication application = CrashApplication.subscribe(mqttPort, APPLICATION, ledger)) {
            start(sleeper, SLEEPER);
            Patience.await("the sleeper sleeps").until(sleeper::isSubscribed);
            startSensors();
            for (int round = 0; round < ROUNDS; round++) {
                awaitProgress(1 + random.nextInt(MOST_BETWEEN_KILLS));
                disaster.strike();
            }
            awaitProgress(MOST_BETWEEN_KILLS);
            sensors.forEach(CrashSensor::stop);
            awaitArrival(application.clientId());
        } catch (ConditionTimeoutException stuck) {
            throw new AssertionError(
                    stuck.getMessage() + "; missing at the application " + ledger.missing(APPLICATION)
                            + ", at the sleeper " + ledger.missing(SLEEPER) + "; the log of the gateway:\n"
                            + requireGateway().err(),
                    stuck);
        }
        ledger.assertKept(APPLICATION, exactlyOnce);
        ledger.assertKept(SLEEPER, exactlyOnce);
        assertThat(ledger.newConnections())
                .as("clients that had to connect again")
                .isZero();
    }

    /** A sleeper gets one message after the other, so that many take long: as long as some come, there is hope. */
    private void awaitArrival(String application) {
        AtomicInteger least = new AtomicInteger(Integer.MAX_VALUE);
        while (least.get() > 0) {
            await("more of what was acknowledged comes").until(() -> {
                int missing = ledger.missing(application) + ledger.missing(SLEEPER);
                return missing < least.get() && least.getAndSet(missing) != missing;
            });
        }
    }

    private void startGateway(String newYaml) throws IOException {
        yaml = newYaml;
        gateway = GatewayProcess.run(files, yaml);
    }

    private void killGateway() throws IOException {
        requireGateway().close();
        gateway = GatewayProcess.run(files, yaml);
    }

    private GatewayProcess requireGateway() {
        return Objects.requireNonNull(gateway);
    }

    private void startSensors() {
        for (int i = 0; i < SENSORS; i++) {
            Qos qos = i % 2 == 0 ? Qos.AT_LEAST_ONCE : Qos.EXACTLY_ONCE;
            String clientId = (i % 2 == 0 ? "once-or-more-" : "once-") + i;
            if (qos == Qos.EXACTLY_ONCE) {
                exactlyOnce.add(clientId);
            }
            CrashSensor sensor = new CrashSensor(clientId, qos, i % 4 < 2, udp, ledger);
            sensors.add(sensor);
            start(sensor, clientId);
        }
    }

    private void start(Runnable client, String name) {
        Thread thread = new Thread(client, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void awaitProgress(int messages) throws IOException {
        int goal = ledger.acknowledgements() + messages;
        await(messages + " messages are acknowledged").until(() -> {
            if (!requireGateway().isAlive()) {
                throw new AssertionError("it ended: " + requireGateway().err());
            }
            return ledger.acknowledgements() >= goal;
        });
    }

    private void awaitLog(String words) {
        await("the log says: " + words).until(() -> requireGateway().err().contains(words));
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).pollInterval(Duration.ofMillis(5)).atMost(2, TimeUnit.MINUTES);
    }

    private String integrated(String dataDirectory, int udpPort, int mqttPort) {
        return configuration(dataDirectory, udpPort) + """
                upstream:
                  mode: integrated
                  listen: "127.0.0.1:%d"
                  queue: {messages: 100000, octets: 64MiB}
                """.formatted(mqttPort);
    }

    private String aggregating(int mqttPort) {
        return configuration("data", udp.getPort()) + """
                upstream:
                  mode: aggregating
                  broker: mqtt://127.0.0.1:%d
                  reconnect: {min: 50ms, max: 200ms}
                """.formatted(mqttPort);
    }

    private String configuration(String dataDirectory, int udpPort) {
        return """
                gateway-id: 7
                data-dir: %s
                links: [{type: udp, bind: "127.0.0.1:%d"}]
                retry: {interval: 1s, count: 10}
                queues: {messages: 100000, octets: 64MiB}
                loops: 2
                admin: none
                """.formatted(dataDirectory, udpPort);
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return free.getLocalPort();
        }
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
