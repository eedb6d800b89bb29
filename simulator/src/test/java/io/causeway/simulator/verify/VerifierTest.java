package io.causeway.simulator.verify;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.network.SocketLoop;
import io.causeway.simulator.payload.PayloadWriter;
import io.causeway.simulator.payload.Stamp;
import io.causeway.simulator.scenario.PayloadTemplate;
import io.causeway.simulator.truth.Channel;
import io.causeway.simulator.truth.Direction;
import io.causeway.simulator.truth.Ledger;
import io.causeway.simulator.truth.MessageStream;
import io.causeway.testkit.Mosquitto;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A verifier at a real broker, with another one as the gateway that publishes there. */
class VerifierTest implements ArrivalListener {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(2);
    private static final int RUN = 4711;

    @TempDir
    Path directory;

    private final Ledger ledger = new Ledger(RUN);
    private final MessageStream stream =
            ledger.open(new Channel("group", "client", Direction.UP, "run/1", Qos.EXACTLY_ONCE), PATIENCE);
    private final PayloadWriter writer = new PayloadWriter(PayloadTemplate.DEFAULT, new Random(1));
    private final SocketLoop loop = new SocketLoop();
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(loop));
    private int redeliveries;

    @AfterEach
    void close() throws Exception {
        for (int last = opened.size() - 1; last >= 0; last--) {
            opened.get(last).close();
        }
    }

    @Override
    public void onArrived(String topic, ByteBuf payload, boolean isRedelivery, long receivedNanos) {
        ledger.onArrivedAtBroker(topic, ByteBufUtil.getBytes(payload), isRedelivery, receivedNanos);
        redeliveries += isRedelivery ? 1 : 0;
    }

    @Test
    void messagesOfAllQos_areSeenInOrder() throws IOException {
        Mosquitto mosquitto = mosquitto();
        Verifier verifier = verifier(mosquitto, "run/+");
        Verifier gateway = verifier(mosquitto, "none");

        for (Qos qos : List.of(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
            for (int message = 0; message < 100; message++) {
                publish(gateway, qos);
            }
            until(() -> {
                drain(gateway);
                return arrived(verifier) == stream.tally().sent();
            });
        }

        assertThat(ledger.findings(10)).isEmpty();
        assertThat(stream.tally().duplicates()).isZero();
    }

    @Test
    void messagesOfOthers_areForeign() throws IOException {
        Mosquitto mosquitto = mosquitto();
        Verifier verifier = verifier(mosquitto, "run/+");

        verifier.send("run/1", Octets.utf8("21.5"), Qos.AT_LEAST_ONCE, () -> {});
        verifier.send("run/1", Octets.EMPTY, Qos.AT_LEAST_ONCE, () -> {});
        verifier.send("run/1", writer.write(new Stamp(RUN - 1, 0, 0, System.nanoTime())), Qos.AT_LEAST_ONCE, () -> {});

        until(() -> arrived(verifier) == 0 && ledger.foreign() == 3);
    }

    @Test
    void retainedMessageOfAnEarlierRun_isForeign() throws IOException, MqttException {
        Mosquitto mosquitto = mosquitto();
        Octets payload = writer.write(new Stamp(RUN - 1, stream.number(), 0, System.nanoTime()));
        try (MqttClient earlier = client(mosquitto, "earlier")) {
            earlier.connect();
            earlier.publish("run/1", payload.toByteArray(), 1, true);
            earlier.disconnect();
        }

        Verifier verifier = verifier(mosquitto, "run/+");

        until(() -> arrived(verifier) == 0 && ledger.foreign() == 1);
    }

    @Test
    void filtersThatOverlap_showAMessageOnce() throws IOException {
        Mosquitto mosquitto = mosquitto();
        Verifier verifier = verifier(mosquitto, "run/+", "run/1", "+/1");

        publish(verifier, Qos.AT_LEAST_ONCE);
        publish(verifier, Qos.AT_LEAST_ONCE);

        until(() -> arrived(verifier) == 2);
        assertThat(stream.tally().duplicates()).isZero();
    }

    @Test
    void acceptedCommand_isToldOnTheThreadOfTheRun() throws IOException {
        Verifier verifier = verifier(mosquitto(), "run/+");
        List<Thread> told = new ArrayList<>();

        for (Qos qos : List.of(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
            verifier.send("command/1", Octets.utf8("on"), qos, () -> told.add(Thread.currentThread()));
        }
        assertThat(verifier.isSending()).isTrue();

        until(() -> {
            drain(verifier);
            return told.size() == 2; // at QoS 0 nobody accepts anything
        });
        assertThat(told).containsOnly(Thread.currentThread());
        assertThat(verifier.isSending()).isFalse();
    }

    @Test
    void brokerStartedAgain_losesAndDoublesNothingThatItHasAccepted() throws IOException {
        Mosquitto mosquitto = mosquitto("persistence true");
        Verifier verifier = verifier(mosquitto, "run/+");
        Verifier gateway = verifier(mosquitto, "none");

        for (int round = 1; round <= 3; round++) {
            int givenUp = 10 * round;
            for (int message = 0; message < 500; message++) {
                publish(gateway, Qos.EXACTLY_ONCE);
                drain(gateway);
            }
            mosquitto.stop(); // in the middle of it
            until(() -> verifier.trouble().isPresent() && gateway.trouble().isPresent());
            mosquitto.start();
            until(() -> {
                drain(gateway); // the verifier stays away for the time being
                return gateway.trouble().isEmpty();
            });
            for (int message = 0; message < 500; message++) {
                publish(gateway, Qos.EXACTLY_ONCE);
            }
            until(() -> {
                drain(gateway);
                drain(verifier);
                return stream.tally().missing() == 0
                        && stream.tally().promised() >= stream.tally().sent() - givenUp;
            });
        }

        assertThat(ledger.findings(10)).isEmpty();
        assertThat(verifier.interruptions()).isEqualTo(3);
        assertThat(verifier.trouble()).isEmpty();
        assertThat(verifier.doubt()).isEmpty();
    }

    @Test
    void whatTheBrokerRepeatsAfterACut_isNotTakenForTheGatewaysDuplicates() throws IOException {
        Mosquitto mosquitto = mosquitto();
        Cable cable = new Cable(mosquitto.uri());
        opened.add(cable);
        Verifier verifier = verifier(cable.uri(), "run/+");
        Verifier gateway = verifier(mosquitto, "none");

        for (int round = 0; round < 5; round++) {
            cable.loseAnswers();
            for (int message = 0; message < 100; message++) {
                publish(gateway, Qos.EXACTLY_ONCE);
            }
            until(() -> {
                drain(gateway);
                drain(verifier);
                return cable.hasLostAnswers();
            });
            cable.cut();
            until(() -> {
                drain(gateway);
                return arrived(verifier) == stream.tally().sent();
            });
        }

        assertThat(redeliveries).isGreaterThanOrEqualTo(5);
        assertThat(stream.tally().duplicates()).isZero();
        assertThat(ledger.findings(10)).isEmpty();
        assertThat(verifier.interruptions()).isEqualTo(5);
    }

    @Test
    void brokerThatForgotTheSession_isDoubted() throws IOException {
        Mosquitto mosquitto = mosquitto("persistence false");
        Verifier verifier = verifier(mosquitto, "run/+");

        mosquitto.stop();
        until(() -> verifier.trouble().isPresent());
        mosquitto.start();
        until(() -> arrived(verifier) == 0 && verifier.doubt().isPresent());
        publish(verifier, Qos.AT_LEAST_ONCE);

        until(() -> arrived(verifier) == 1);
        assertThat(verifier.doubt())
                .hasValueSatisfying(words -> assertThat(words).contains("forgotten"));
    }

    @Test
    void brokerThatDropsForItsLimits_isDoubted() throws IOException, MqttException {
        Mosquitto mosquitto = mosquitto("max_queued_messages 10", "sys_interval 1");
        Verifier verifier = verifier(mosquitto, "run/+");
        try (MqttClient sluggard = client(mosquitto, "sluggard")) {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setCleanSession(false);
            sluggard.connect(options);
            sluggard.subscribe("other", 1);
            sluggard.disconnect();
        }

        until(() -> {
            verifier.send("other", Octets.EMPTY, Qos.AT_LEAST_ONCE, () -> {});
            drain(verifier);
            return verifier.doubt().isPresent();
        });
        assertThat(verifier.doubt())
                .hasValueSatisfying(words -> assertThat(words).contains("max_queued_messages"));
    }

    @Test
    void closed_leavesNoSessionBehind() throws IOException, MqttException {
        Mosquitto mosquitto = mosquitto();
        verifier(mosquitto, "run/+").close();

        try (MqttClient next = client(mosquitto, "verifier-1")) {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setCleanSession(false);
            assertThat(next.connectWithResult(options).getSessionPresent()).isFalse();
            next.disconnect();
        }
    }

    @Test
    void closed_hasNoDoubtAboutTheBroker() throws IOException {
        Verifier verifier = verifier(mosquitto(), "run/+");

        verifier.close();

        assertThat(verifier.doubt()).isEmpty();
        assertThat(verifier.interruptions()).isZero();
    }

    @Test
    void absentBroker_isTold() {
        URI nobody = URI.create("mqtt://127.0.0.1:" + Mosquitto.freePort());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> verifier(nobody, "run/+"))
                .withMessageContaining(nobody.toString())
                .withMessageContaining("refused");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> verifier(URI.create("mqtt://nobody.invalid"), "run/+"))
                .withMessageContaining("there is no such host");
    }

    private Mosquitto mosquitto(String... configuration) {
        Mosquitto mosquitto = Mosquitto.start(directory, configuration);
        opened.add(mosquitto);
        return mosquitto;
    }

    private Verifier verifier(Mosquitto mosquitto, String... filters) throws IOException {
        return verifier(mosquitto.uri(), filters);
    }

    private Verifier verifier(URI broker, String... filters) throws IOException {
        Verifier verifier = Verifier.connect(loop, target(broker), "verifier-" + opened.size(), List.of(filters));
        opened.add(verifier);
        return verifier;
    }

    private static MqttClient client(Mosquitto mosquitto, String clientId) throws MqttException {
        return new MqttClient("tcp://" + mosquitto.uri().getAuthority(), clientId, new MemoryPersistence());
    }

    private static BrokerTarget target(URI uri) {
        return new BrokerTarget(uri, "", "", null);
    }

    private void publish(Verifier gateway, Qos qos) {
        int sequence = stream.next();
        Octets payload = writer.write(new Stamp(RUN, stream.number(), sequence, System.nanoTime()));
        assertThat(gateway.send("run/1", payload, qos, () -> stream.onPromised(sequence)))
                .isTrue();
    }

    private void drain(Verifier verifier) {
        loop.run(0);
        verifier.drain(this);
    }

    private long arrived(Verifier verifier) {
        drain(verifier);
        return stream.tally().arrived();
    }

    private void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(POLL_INTERVAL).pollInSameThread().until(() -> {
            loop.run(0);
            return condition.call();
        });
    }
}
