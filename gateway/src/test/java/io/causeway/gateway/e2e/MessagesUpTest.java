package io.causeway.gateway.e2e;

import io.causeway.client.ClientSettings;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.testkit.Requirement;
import java.nio.file.Path;
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

/** From a sensor to an application at the broker. The tests share a site, and have their topics to themselves. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@EnumSource(Site.Brokering.class)
class MessagesUpTest {
    private static final Topic.Short SHORT = new Topic.Short("ab");
    private static final Topic.Predefined PREDEFINED = new Topic.Predefined(1);
    private static final Topic.Predefined OWN_STATE = new Topic.Predefined(2);

    @Parameter
    private Site.Brokering brokering;

    private Site site;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void open(@TempDir Path directory) throws Exception {
        site = Site.open(brokering, directory);
    }

    @AfterParameterizedClassInvocation
    void close() throws Exception {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Requirement({"G-PUB-01", "G-PUB-02", "G-PUB-03"})
    void message_arrivesAsItWasSent(int qos) throws Exception {
        Application application = site.subscriber("up/#");
        Sensor sensor = site.sensor("up-" + qos);

        sensor.publish("up/" + qos, "21.5", qos);

        assertThat(application.receive(1)).containsExactly(new Message("up/" + qos, "21.5", qos, false));
    }

    @ParameterizedTest
    @EnumSource
    @Requirement({"G-PUB-06", "G-QM1-01"})
    void shortTopic_needsNoRegistration(Qos qos) throws Exception {
        Application application = site.subscriber("ab");
        Sensor sensor = site.sensor("short-" + qos);

        sensor.publish(SHORT, "on", qos, false);

        assertThat(application.receive(1)).containsExactly(new Message("ab", "on", mqttQos(qos), false));
    }

    @ParameterizedTest
    @EnumSource
    @Requirement({"G-PUB-07", "G-QM1-01", "G-QM1-05"})
    void predefinedTopic_needsNoRegistration(Qos qos) throws Exception {
        Application application = site.subscriber("plant/temperature");
        Sensor sensor = site.sensor("predefined-" + qos);

        sensor.publish(PREDEFINED, "on", qos, false);

        assertThat(application.receive(1)).containsExactly(new Message("plant/temperature", "on", mqttQos(qos), false));
        sensor.ping();
    }

    @Test
    void predefinedTopicOfTheClient_holdsItsId() throws Exception {
        Application application = site.subscriber("plant/+/state");
        Sensor sensor = site.sensor("pump-7");

        sensor.publish(OWN_STATE, "on", Qos.AT_LEAST_ONCE, false);

        assertThat(application.receive(1)).containsExactly(new Message("plant/pump-7/state", "on", 1, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"62", "61"})
    @Requirement({"G-QM1-01", "G-QM1-02", "G-QM1-04"})
    void qosMinusOne_needsNoConnectionAndGetsNoAnswer(String flags) throws Exception {
        Application application = site.subscriber("#");
        RawSensor stranger = site.rawSensor();
        boolean isShort = flags.equals("62");

        stranger.send("08 0c " + flags + (isShort ? " 7879 " : " 0001 ") + "0000 21");

        assertThat(application.receive(1))
                .containsExactly(new Message(isShort ? "xy" : "plant/temperature", "!", 0, false));
        stranger.exchange("03 01 00", "03 02 07"); // SEARCHGW: nothing came before its answer
    }

    @Test
    @Requirement({"G-PUB-05", "G-QM1-02"})
    void retainFlag_isPassedOn() throws Exception {
        Sensor sensor = site.newSensor(ClientSettings.forClient("retainer"));
        sensor.publish(new Topic.Short("rm"), "minus one", Qos.MINUS_ONE, true);
        sensor.connect();
        sensor.publish(new Topic.Name("retained/0"), "zero", Qos.AT_MOST_ONCE, true);
        sensor.publish(new Topic.Name("retained/1"), "one", Qos.AT_LEAST_ONCE, true);
        sensor.publish(new Topic.Name("retained/2"), "two", Qos.EXACTLY_ONCE, true);

        Application later = site.subscriber("retained/+");
        later.subscribe("rm", 2);

        assertThat(later.receive(4))
                .containsExactlyInAnyOrder(
                        new Message("retained/0", "zero", 0, true),
                        new Message("retained/1", "one", 1, true),
                        new Message("retained/2", "two", 2, true),
                        new Message("rm", "minus one", 0, true));
    }

    @Test
    @Requirement({"G-PUB-04", "G-PUB-05"})
    void emptyRetainedMessage_deletes() throws Exception {
        Sensor sensor = site.sensor("deleter");
        Topic topic = new Topic.Name("deleted");
        sensor.publish(topic, "here", Qos.AT_LEAST_ONCE, true);
        sensor.publish(topic, "", Qos.AT_LEAST_ONCE, true);

        Application later = site.subscriber("deleted");
        sensor.publish(topic, "live", Qos.AT_LEAST_ONCE, false);

        assertThat(later.receive(1)).containsExactly(new Message("deleted", "live", 1, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Requirement("G-PUB-14")
    void messages_keepTheirOrder(int qos) throws Exception {
        Application application = site.subscriber("order/" + qos);
        Sensor sensor = site.sensor("orderly-" + qos);

        for (int i = 0; i < 30; i++) {
            sensor.publish("order/" + qos, Integer.toString(i), qos);
        }

        application.receive(30);
        assertThat(application.payloads().stream().map(Integer::valueOf))
                .isSorted()
                .hasSize(30);
    }

    @Test
    @Requirement("W-LEN-05")
    void messageOfTheLargestDatagram_arrives() throws Exception {
        Application application = site.subscriber("large");
        Sensor sensor = site.sensor("large");
        String payload = "x".repeat(65_000);

        sensor.publish("large", payload, 1);

        assertThat(application.receive(1)).containsExactly(new Message("large", payload, 1, false));
    }

    @Test
    @Requirement("G-REG-07")
    void topicInManyScripts_isPassedUnchanged() throws Exception {
        String topic = "Wärme/温度";
        Application application = site.subscriber(topic);

        site.sensor("scripts").publish(topic, "21,5 °C", 1);

        assertThat(application.receive(1)).containsExactly(new Message(topic, "21,5 °C", 1, false));
    }

    /** QoS -1 goes to the broker at QoS 0. */
    private static int mqttQos(Qos qos) {
        return qos == Qos.MINUS_ONE ? 0 : qos.wireValue();
    }
}
