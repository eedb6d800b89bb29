package io.causeway.broker.differential;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.causeway.broker.differential.Script.mqtt5;
import static io.causeway.broker.differential.Step.connect;
import static io.causeway.broker.differential.Step.publish;
import static io.causeway.broker.differential.Step.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

/** Where Causeway differs from mosquitto 2.0.11, as docs/mqtt-broker.md lists it under "Answers". */
class AnswerDifferencesTest {
    private static final Properties NONE = Properties.NONE;

    @AutoClose
    private static BothBrokers both;

    @BeforeAll
    static void start(@TempDir Path directory) {
        both = BothBrokers.exactly(directory);
    }

    @Test
    void limits_areToldWithOtherValues() {
        Script script = mqtt5(connect("ann"));

        assertThat(both.onMosquitto(script))
                .containsExactly(
                        "ann: CONNACK 0x00 {SERVER_KEEP_ALIVE=[65535], RECEIVE_MAXIMUM=[20], TOPIC_ALIAS_MAXIMUM=[10]}");
        assertThat(both.onCauseway(script))
                .containsExactly("ann: CONNACK 0x00"
                        + " {RECEIVE_MAXIMUM=[1000], TOPIC_ALIAS_MAXIMUM=[16], MAXIMUM_PACKET_SIZE=[1048576]}");
    }

    @Test
    void messageThatNobodyGets_isAnsweredSoAtQos2Too() {
        Script script = mqtt5(connect("ann"), publish("ann", "a", 2, NONE));

        assertThat(both.onMosquitto(script)).containsExactly("ann: PUBREC 0x00", "ann: PUBCOMP 0x00");
        assertThat(both.onCauseway(script)).containsExactly("ann: PUBREC 0x10", "ann: PUBCOMP 0x00");
    }

    @Test
    void messageThatOnlyItsPublisherHasSubscribedTo_isAnsweredAsOneThatNobodyGets() {
        Filter noLocal = new Filter("a", 0, true, false, 0);
        Script script = mqtt5(connect("ann"), subscribe("ann", noLocal), publish("ann", "a", 1, NONE));

        assertThat(both.onMosquitto(script)).containsExactly("ann: PUBACK 0x00");
        assertThat(both.onCauseway(script)).containsExactly("ann: PUBACK 0x10");
    }

    @Test
    void topicWithAControlCharacter_isTaken() {
        Script script = Script.of(Version.V3_1_1, connect("ann"), publish("ann", "a\u0001b", 1, NONE));

        assertThat(both.onMosquitto(script)).containsExactly("ann: (connection ended)");
        assertThat(both.onCauseway(script)).containsExactly("ann: PUBACK");
    }

    @Test
    void topicWithMoreThan200Levels_isNotTaken() {
        Script script = mqtt5(connect("ann"), publish("ann", "a/".repeat(200), 1, NONE));

        assertThat(both.onMosquitto(script)).containsExactly("ann: PUBACK 0x10");
        assertThat(both.onCauseway(script)).containsExactly("ann: PUBACK 0x90");
    }

    @ParameterizedTest
    @CsvSource({"$share/g", "$share/g/", "$share//a"})
    void sharedSubscriptionWithoutNameOrFilter_isRefused(String filter) {
        Script script = mqtt5(connect("ann"), subscribe("ann", filter, 0));

        assertThat(both.onMosquitto(script)).containsExactly("ann: SUBACK 0x00");
        assertThat(both.onCauseway(script)).containsExactly("ann: SUBACK 0x8F");
    }

    @Test
    void unsubscribeOfWhatIsNotThere_isAnsweredSo() {
        Script script = mqtt5(connect("ann"), new Step.Unsubscribe("ann", List.of("$own/a")));

        assertThat(both.onMosquitto(script)).containsExactly("ann: UNSUBACK 0x00");
        assertThat(both.onCauseway(script)).containsExactly("ann: UNSUBACK 0x11");
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVE_MAXIMUM, 0, 0x82",
        "MAXIMUM_PACKET_SIZE, 0, 0x82",
    })
    void connectThatIsRefused_isToldWhy(Property property, long value, String reason) {
        Script script = mqtt5(connect("ann", true, NONE.with(property, value)));

        assertThat(both.onMosquitto(script)).containsExactly("ann: (connection ended)");
        assertThat(both.onCauseway(script)).containsExactly("ann: CONNACK " + reason, "ann: (connection ended)");
    }

    @ParameterizedTest
    @CsvSource({"a/#, 0, 0x90", "a, 3, 0x81"})
    void connectWithAWillThatCannotBe_isToldWhy(String topic, int qos, String reason) {
        Will will = new Will(topic, "gone", qos, false, NONE);
        Script script = mqtt5(new Step.Connect("ann", true, 0, NONE, will));

        assertThat(both.onMosquitto(script)).containsExactly("ann: (connection ended)");
        assertThat(both.onCauseway(script)).containsExactly("ann: CONNACK " + reason, "ann: (connection ended)");
    }

    @ParameterizedTest
    @CsvSource({"PAYLOAD_FORMAT, 2, 0x82", "SUBSCRIPTION_ID, 2, 0x81", "RESPONSE_TOPIC, a/#, 0x82"})
    void propertyThatCannotBe_isNotOverlooked(Property property, String value, String reason) {
        Script script = mqtt5(connect("ann"), publish("ann", "a", 1, NONE.with(property, value)));

        assertThat(both.onMosquitto(script)).containsExactly("ann: PUBACK 0x10");
        assertThat(both.onCauseway(script)).containsExactly("ann: DISCONNECT " + reason, "ann: (connection ended)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TYPE_ZERO                  | DISCONNECT 0x82, (connection ended) | DISCONNECT 0x81, (connection ended)
            SECOND_CONNECT             | (connection ended)                  | DISCONNECT 0x82, (connection ended)
            CONNACK_FROM_CLIENT        | (connection ended)                  | DISCONNECT 0x82, (connection ended)
            TOPIC_ALIAS_ZERO           | DISCONNECT 0x81, (connection ended) | DISCONNECT 0x94, (connection ended)
            SUBSCRIBE_WITHOUT_FILTER   | DISCONNECT 0x81, (connection ended) | DISCONNECT 0x82, (connection ended)
            UNSUBSCRIBE_WITHOUT_FILTER | DISCONNECT 0x81, (connection ended) | DISCONNECT 0x82, (connection ended)
            SUBSCRIBE_AT_QOS_3         | DISCONNECT 0x81, (connection ended) | DISCONNECT 0x82, (connection ended)
            SUBSCRIPTION_ID_ZERO       | DISCONNECT 0x81, (connection ended) | DISCONNECT 0x82, (connection ended)
            SUBSCRIBE_TO_BAD_FILTER    | DISCONNECT 0x81, (connection ended) | SUBACK 0x8F
            SHARED_WITH_NO_LOCAL       | SUBACK 0x00                         | DISCONNECT 0x82, (connection ended)
            PUBREL_OF_NOTHING          | PUBCOMP 0x00                        | PUBCOMP 0x92
            PUBREC_OF_NOTHING          | PUBREL 0x00                         | PUBREL 0x92
            """)
    void misdeed_isAnsweredWithTheReasonThatTheSpecificationNames(Misdeed misdeed, String mosquittos, String ours) {
        Script script = mqtt5(connect("ann"), new Step.Misbehave("ann", misdeed));

        assertThat(both.onMosquitto(script)).containsExactly(lines(mosquittos));
        assertThat(both.onCauseway(script)).containsExactly(lines(ours));
    }

    private static String[] lines(String cell) {
        return List.of(cell.split(", ", -1)).stream()
                .map(each -> "ann: " + each)
                .toArray(String[]::new);
    }
}
