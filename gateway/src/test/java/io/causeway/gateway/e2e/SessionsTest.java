package io.causeway.gateway.e2e;

import io.causeway.client.ClientSettings;
import io.causeway.client.Endpoint;
import io.causeway.client.LossCause;
import io.causeway.client.Will;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.testkit.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Wills, sleep, and clients that change their address. The tests share a site, and have their topics to themselves. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@EnumSource(Site.Brokering.class)
class SessionsTest {
    private static final Octets NODE = Octets.ofHex("0a0b");

    @Parameter
    private Site.Brokering brokering;

    private Site site;

    private Application application;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void open(@TempDir Path directory) throws Exception {
        site = Site.open(brokering, directory);
        application = site.application();
    }

    @AfterParameterizedClassInvocation
    void close() throws Exception {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Requirement({"G-WILL-04", "G-WILL-06", "G-KA-03"})
    void silentClient_isLostAndItsWillPublished(int qos) throws Exception {
        Application wills = site.subscriber("will/lost/" + qos);
        Sensor sensor = site.newSensor(ClientSettings.forClient("lost-" + qos)
                .keepAlive(Duration.ofSeconds(1))
                .will(new Will("will/lost/" + qos, Octets.utf8("gone"), Qos.of(qos), true)));
        sensor.connect();

        sensor.close();

        assertThat(wills.receive(1)).containsExactly(new Message("will/lost/" + qos, "gone", qos, false));
        assertThat(site.subscriber("will/lost/" + qos).receive(1))
                .containsExactly(new Message("will/lost/" + qos, "gone", qos, true));
    }

    @Test
    @Requirement("G-SLEEP-09")
    void sleeperThatDoesNotWake_isLostAndItsWillPublished() throws Exception {
        Application wills = site.subscriber("will/asleep");
        Sensor sensor = site.newSensor(withWill("oversleeper", "will/asleep")).connect();

        sensor.sleep(Duration.ofSeconds(1));

        assertThat(wills.receive(1)).containsExactly(new Message("will/asleep", "gone", 1, false));
    }

    @Test
    @Requirement({"G-WILL-05", "G-SLEEP-21"})
    void orderlyEndAndSleep_publishNoWill() throws Exception {
        Application wills = site.subscriber("will/orderly/#");
        Sensor leaver = site.newSensor(withWill("leaver", "will/orderly/leave")).connect();
        Sensor sleeper =
                site.newSensor(withWill("sleeper", "will/orderly/sleep")).connect();
        Sensor marker = site.newSensor(ClientSettings.forClient("marker")
                .keepAlive(Duration.ofSeconds(1))
                .will(new Will("will/orderly/marker", Octets.utf8("gone"), Qos.AT_LEAST_ONCE, false)));
        marker.connect();

        leaver.disconnect();
        sleeper.sleep(Duration.ofSeconds(60));
        marker.close();

        assertThat(wills.receive(1)).containsExactly(new Message("will/orderly/marker", "gone", 1, false));
    }

    @Test
    @Requirement({"G-WUPD-01", "G-WUPD-02"})
    void updatedWill_isTheOnePublished() throws Exception {
        Application wills = site.subscriber("will/updated/#");
        Sensor sensor = site.newSensor(withWill("updater", "will/updated/old")).connect();

        Patience.get(sensor.client().updateWillTopic("will/updated/new", Qos.EXACTLY_ONCE, false));
        Patience.get(sensor.client().updateWillMessage(Octets.utf8("changed")));
        sensor.sleep(Duration.ofSeconds(1));

        assertThat(wills.receive(1)).containsExactly(new Message("will/updated/new", "changed", 2, false));
    }

    @Test
    @Requirement({"G-SLEEP-02", "G-SLEEP-03", "G-SLEEP-04", "G-SLEEP-05", "G-SLEEP-07", "G-SLEEP-13"})
    void sleeper_fetchesWhatHasCome() throws Exception {
        Sensor sensor = site.sensor("fetcher");
        sensor.subscribe("sleep/+", 2);
        sensor.sleep(Duration.ofSeconds(60));
        for (int i = 0; i < 5; i++) {
            publishForLater("sleep/" + i % 2, Integer.toString(i), i);
        }
        assertThat(sensor.received()).isEmpty();

        sensor.awaken();

        assertThat(sensor.payloads()).containsExactly("0", "1", "2", "3", "4");
        publishForLater("sleep/0", "later", 0);
        sensor.awaken();
        assertThat(sensor.received()).last().isEqualTo(new Message("sleep/0", "later", 1, false));
    }

    @Test
    @Requirement({"G-SLEEP-06", "G-SLEEP-18"})
    void sleeper_connectsAndGetsWhatHasCome() throws Exception {
        Sensor sensor = site.newSensor(ClientSettings.forClient("riser").cleanSession(false));
        sensor.connect();
        sensor.subscribe("rise", 1);
        sensor.sleep(Duration.ofSeconds(60));
        publishForLater("rise", "up", 0);

        sensor.connect();

        assertThat(sensor.receive(1)).containsExactly(new Message("rise", "up", 1, false));
    }

    @Test
    @Requirement({"G-CS-04", "G-NAT-01", "G-TID-04"})
    void clientWithANewAddress_findsItsSession() throws Exception {
        ClientSettings.Builder settings = ClientSettings.forClient("roamer").cleanSession(false);
        Sensor before = site.newSensor(settings).connect();
        before.subscribe("roam/#", 1);
        before.disconnect();
        publishForLater("roam/a", "missed", 0);

        Sensor after = site.newSensor(settings).connect();

        assertThat(after.receive(1)).containsExactly(new Message("roam/a", "missed", 1, false));
        application.publish("roam/a", "live", 1);
        assertThat(after.receive(2)).last().isEqualTo(new Message("roam/a", "live", 1, false));
        assertThat(before.received()).isEmpty();
    }

    @Test
    @Requirement({"G-CONN-07", "G-CONN-08"})
    void takeover_movesTheSessionAndTellsTheOldAddress() throws Exception {
        ClientSettings.Builder settings = ClientSettings.forClient("twin").cleanSession(false);
        Sensor before = site.newSensor(settings).connect();
        before.subscribe("twin", 1);

        Sensor after = site.newSensor(settings).connect();
        application.publish("twin", "who", 1);

        assertThat(after.receive(1)).containsExactly(new Message("twin", "who", 1, false));
        Patience.await("DISCONNECT at the old address")
                .until(() -> before.losses().contains(LossCause.GATEWAY_DISCONNECT));
        assertThat(before.received()).isEmpty();
    }

    @Test
    @Requirement("G-SLEEP-14")
    void sleeperWithANewAddress_isRecognisedByItsPing() throws Exception {
        RawSensor before = site.rawSensor();
        before.exchange(RawSensor.connect("mover"), RawSensor.CONNACK_ACCEPTED);
        before.exchange("07 12 22 0001 6d76", "08 13 20 6d76 0001 00"); // SUBSCRIBE "mv", short, QoS 1
        before.exchange("04 18 003c", RawSensor.DISCONNECT);
        publishForLater("mv", "!", 0);

        RawSensor after = site.rawSensor();
        after.send("07 16" + Octets.utf8("mover").toHex());

        String publish = after.receive();
        assertThat(publish).startsWith("080c226d76").endsWith("21");
        after.exchange("07 0d 6d76" + publish.substring(10, 14) + "00", RawSensor.PINGRESP);
    }

    @Test
    @Requirement({"G-FWD-01", "G-FWD-02", "G-FWD-04"})
    void clientsBehindAForwarder_areServedLikeOthers() throws Exception {
        Application up = site.subscriber("forwarded/up");
        Endpoint forwarder = Endpoint.of(site.gateway().udp()).behindForwarder(NODE);
        Sensor sensor =
                site.newSensor(ClientSettings.forClient("node"), forwarder).connect();
        sensor.subscribe("forwarded/down", 2);

        sensor.publish("forwarded/up", "here", 2);
        application.publish("forwarded/down", "there", 2);

        assertThat(up.receive(1)).containsExactly(new Message("forwarded/up", "here", 2, false));
        assertThat(sensor.receive(1)).containsExactly(new Message("forwarded/down", "there", 2, false));
        sensor.sleep(Duration.ofSeconds(60));
        publishForLater("forwarded/down", "asleep", 0);
        sensor.awaken();
        assertThat(sensor.payloads()).containsExactly("there", "asleep");
    }

    @Test
    @Requirement({"G-FWD-02", "G-FWD-03", "G-FWD-05"})
    void nodesOfOneForwarder_areToldApart() throws Exception {
        Application up = site.subscriber("fw");
        RawSensor forwarder = site.rawSensor();

        forwarder.exchange("05 fe 00 0001" + RawSensor.connect("node-1"), "05 fe 00 0001" + "030500");
        forwarder.exchange("04 fe 00 02" + RawSensor.connect("node-2"), "04 fe 00 02" + "030500");
        forwarder.exchange("05 fe 00 0001" + RawSensor.PINGREQ, "05 fe 00 0001" + RawSensor.PINGRESP);
        forwarder.exchange("04 fe 00 02" + RawSensor.DISCONNECT, "04 fe 00 02" + RawSensor.DISCONNECT);
        forwarder.exchange("05 fe 00 0001" + RawSensor.PINGREQ, "05 fe 00 0001" + RawSensor.PINGRESP);
        forwarder.send("05 fe 00 0003" + "08 0c 62 6677 0000 21");

        assertThat(up.receive(1)).containsExactly(new Message("fw", "!", 0, false));
    }

    @Test
    @Requirement("G-DISCON-03")
    void disconnectedClient_getsNothingMore() throws Exception {
        Sensor sensor = site.newSensor(ClientSettings.forClient("departed").cleanSession(false));
        sensor.connect();
        sensor.subscribe("departed", 1);
        sensor.disconnect();
        publishForLater("departed", "kept", 0);
        assertThat(sensor.received()).isEmpty();

        sensor.connect();
        sensor.receive(1);
        sensor.unsubscribe(new Topic.Name("departed"));
    }

    private static ClientSettings.Builder withWill(String clientId, String topic) {
        return ClientSettings.forClient(clientId).will(new Will(topic, Octets.utf8("gone"), Qos.AT_LEAST_ONCE, false));
    }

    /** Returns when the message waits for its client, as so many others do; the tests leave none behind. */
    private void publishForLater(String topic, String payload, int others) throws MqttException {
        awaitQueued(others);
        application.publish(topic, payload, 1);
        awaitQueued(others + 1);
    }

    private void awaitQueued(int messages) {
        Patience.await(messages + " messages in queues")
                .until(() -> site.gateway().metric("queued_messages") == messages);
    }
}
