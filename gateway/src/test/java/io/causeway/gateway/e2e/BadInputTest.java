package io.causeway.gateway.e2e;

import io.causeway.codec.Octets;
import io.causeway.testkit.Mosquitto;
import io.causeway.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What strangers send costs a live client nothing. {@code -Dlong=true} sends more of it. */
@Timeout(600)
class BadInputTest {
    private static final int ROUNDS = Boolean.getBoolean("long") ? 2_000 : 40;
    private static final int DATAGRAMS_PER_ROUND = 100;
    private static final int MAX_SESSIONS = 40;

    /** CONNECT, REGISTER, PUBLISH, SUBSCRIBE, WILLTOPIC, PINGREQ, DISCONNECT, one in an envelope: to be spoilt. */
    private static final List<String> SOUND = List.of(
            "0a 04 04 01 003c 73706f69",
            "09 0a 0000 0001 612f62",
            "09 0c 20 0001 0002 2121",
            "09 0c 62 6162 0000 2121",
            "08 12 20 0003 612f 62",
            "06 07 00 612f62",
            "02 16",
            "04 18 0005",
            "05 fe 00 0001 02 16");

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @Requirement({"G-ROB-01", "G-ROB-03", "G-ROB-04", "G-ROB-05", "G-ROB-06"})
    void stormOfGarbage_leavesALiveClientAlone(long seed, @TempDir Path directory) throws Exception {
        try (Site site = Site.open(directory)) {
            Random random = new Random(seed);
            Application application = site.subscriber("live");
            Sensor live = site.sensor("live");
            live.subscribe("live", 1);
            RawSensor stranger = site.rawSensor();

            for (int i = 0; i < ROUNDS; i++) {
                for (int j = 0; j < DATAGRAMS_PER_ROUND; j++) {
                    stranger.send(garbage(random));
                }
                live.publish("live", Integer.toString(i), 1);
            }

            assertThat(application.receive(ROUNDS)).hasSize(ROUNDS);
            assertThat(live.receive(ROUNDS)).hasSize(ROUNDS);
            assertThat(live.losses()).isEmpty();
            assertThat(site.gateway().metric("broker_losses_total")).isZero();
            assertThat(site.gateway().metric("sessions_failed_total")).isZero();
            assertThat(site.gateway().metric("ingress_empty_total")).isPositive();
            assertThat(site.gateway().metric("ingress_malformed_total")).isPositive();
        }
    }

    @Test
    @Requirement({"G-ROB-06", "G-CONN-11", "G-CONN-06"})
    void floodOfInventedClients_leavesALiveClientAlone(@TempDir Path directory) throws Exception {
        String bounds =
                "sessions: {max: %d, connect-rate: 1000/s, connect-rate-per-address: 400/s}".formatted(MAX_SESSIONS);
        try (Site site = Site.open(Mosquitto.start(directory), bounds)) {
            Sensor live = site.sensor("live");
            live.subscribe("live", 1);
            List<RawSensor> strangers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                strangers.add(site.rawSensor());
            }

            FutureTask<Void> flood = new FutureTask<>(() -> {
                flood(strangers);
                return null;
            });
            new Thread(flood, "flood").start();
            List<String> sent = new ArrayList<>();
            while (!flood.isDone() || sent.size() < ROUNDS) {
                sent.add(Integer.toString(sent.size()));
                live.publish("live", sent.get(sent.size() - 1), 1);
            }
            flood.get();
            live.receive(sent.size());

            assertThat(live.payloads()).isEqualTo(sent);
            assertThat(live.losses()).isEmpty();
            assertThat(site.gateway().metric("sessions")).isLessThanOrEqualTo(MAX_SESSIONS);
            assertThat(site.gateway().metric("connects_refused_congestion_total"))
                    .isPositive();
            assertThat(site.gateway().metric("connects_refused_rate_total")).isPositive();
        }
    }

    /** CONNECTs, each with an id of its own. */
    private static void flood(List<RawSensor> strangers) throws IOException {
        for (int i = 0; i < ROUNDS * DATAGRAMS_PER_ROUND; i++) {
            strangers.get(i % strangers.size()).send(RawSensor.connect("invented-" + i));
        }
    }

    /** Octets by chance, or a sound packet with some of its octets changed, cut or added. */
    private static String garbage(Random random) {
        if (random.nextInt(4) == 0) {
            byte[] octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            return Octets.of(octets).toHex();
        }
        StringBuilder hex =
                new StringBuilder(SOUND.get(random.nextInt(SOUND.size())).replace(" ", ""));
        switch (random.nextInt(3)) {
            case 0 -> hex.setLength(2 * random.nextInt(hex.length() / 2));
            case 1 -> hex.append("00".repeat(1 + random.nextInt(300)));
            default -> {
                int at = 2 * random.nextInt(hex.length() / 2);
                hex.replace(at, at + 2, String.format("%02x", random.nextInt(256)));
            }
        }
        return hex.toString();
    }
}
