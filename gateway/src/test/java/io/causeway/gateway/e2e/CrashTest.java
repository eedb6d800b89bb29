package io.causeway.gateway.e2e;

import io.causeway.codec.v12.Qos;
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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway is killed at random moments while sensors publish: nothing that it has acknowledged is missing, nothing at
 * QoS 2 comes twice, all is in order, and no sensor notices more than a pause. {@code -Dcrash.kills=200} for the long
 * form.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class CrashTest {
    private static final int KILLS = Integer.getInteger("crash.kills", 5);
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

    CrashTest(@TempDir Path files, @TempDir Path brokerFiles) {
        this.files = files;
        this.brokerFiles = brokerFiles;
    }

    @BeforeEach
    void chooseAddress() throws IOException {
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            udp = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
        sleeper = new CrashSleeper(SLEEPER, udp, ledger);
    }

    @AfterEach
    void end() throws InterruptedException {
        sensors.forEach(CrashSensor::stop);
        sleeper.stop();
        for (Thread each : threads) {
            each.join(TimeUnit.SECONDS.toMillis(5));
        }
    }

    @Test
    void integrated_killedAgainAndAgain_keepsItsPromises() throws Exception {
        int mqttPort = freeTcpPort();
        String yaml = configuration("""
                upstream:
                  mode: integrated
                  listen: "127.0.0.1:%d"
                  queue: {messages: 100000, octets: 64MiB}
                """.formatted(mqttPort));
        run(yaml, mqttPort);
    }

    @Test
    void aggregating_killedAgainAndAgain_keepsItsPromises() throws Exception {
        try (Mosquitto broker = Mosquitto.startDurable(brokerFiles)) {
            String yaml = configuration("""
                    upstream:
                      mode: aggregating
                      broker: %s
                      reconnect: {min: 50ms, max: 200ms}
                    """.formatted(broker.uri()));
            run(yaml, broker.port());
        }
    }

    /** @param mqttPort of the broker that the application listens to */
    private void run(String yaml, int mqttPort) throws Exception {
        GatewayProcess gateway = GatewayProcess.run(files, yaml);
        try {
            gateway.awaitReady();
            try (CrashApplication application = CrashApplication.subscribe(mqttPort, APPLICATION, ledger)) {
                start(sleeper, SLEEPER);
                Patience.await("the sleeper sleeps").until(sleeper::isSubscribed);
                startSensors();
                for (int kill = 0; kill < KILLS; kill++) {
                    awaitProgress(gateway, 1 + random.nextInt(MOST_BETWEEN_KILLS));
                    gateway.close();
                    gateway = GatewayProcess.run(files, yaml);
                }
                awaitProgress(gateway, MOST_BETWEEN_KILLS);
                sensors.forEach(CrashSensor::stop);
                await("all that was acknowledged has come")
                        .until(() -> ledger.missing(application.clientId()) == 0 && ledger.missing(SLEEPER) == 0);
            }
        } finally {
            gateway.close();
        }
        ledger.assertKept(APPLICATION, exactlyOnce);
        ledger.assertKept(SLEEPER, exactlyOnce);
        assertThat(ledger.newConnections())
                .as("clients that had to connect again")
                .isZero();
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

    private void awaitProgress(GatewayProcess gateway, int messages) {
        int goal = ledger.acknowledgements() + messages;
        await(messages + " messages are acknowledged").until(() -> {
            if (!gateway.isAlive()) {
                throw new AssertionError("it ended: " + gateway.err());
            }
            return ledger.acknowledgements() >= goal;
        });
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).pollInterval(Duration.ofMillis(5)).atMost(2, TimeUnit.MINUTES);
    }

    private String configuration(String upstream) {
        return """
                gateway-id: 7
                data-dir: %s
                links: [{type: udp, bind: "127.0.0.1:%d"}]
                retry: {interval: 1s, count: 10}
                queues: {messages: 100000, octets: 64MiB}
                loops: 2
                admin: none
                """.formatted(files.resolve("data"), udp.getPort()) + upstream;
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
