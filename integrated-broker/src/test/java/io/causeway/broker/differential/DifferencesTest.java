package io.causeway.broker.differential;

import io.causeway.broker.session.BrokerSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where Causeway differs from mosquitto 2.0.11, what each of them does, and that mosquitto still does it: docs/mqtt-broker.md
 * tells why. Everything else is the matter of {@link DifferentialTest}.
 */
class DifferencesTest {
    private static final Properties NONE = Properties.NONE;
    private static final Properties LASTING = NONE.with(Property.SESSION_EXPIRY, 1_000);
    private static final Will WILL = new Will("wills", "gone", 0, false, NONE);
    private static final Will DELAYED_WILL = new Will("wills", "gone", 0, false, NONE.with(Property.WILL_DELAY, 1_000));
    private static final String WILL_SEEN = "bob: PUBLISH wills 'gone' qos 0";

    private static Mosquitto mosquitto;
    private static CausewayBroker causeway;
    private static Player onMosquitto;
    private static Player onCauseway;

    @BeforeAll
    static void start(@TempDir Path directory) {
        mosquitto = Mosquitto.start(directory);
        causeway = new CausewayBroker(BrokerSettings.DEFAULTS);
        onMosquitto = new Player(mosquitto.port(), Reading.EXACT);
        onCauseway = new Player(causeway.port(), Reading.EXACT);
    }

    @AfterAll
    static void stop() {
        onMosquitto.close();
        onCauseway.close();
        causeway.close();
        mosquitto.close();
    }

    @Test
    void limits_areToldWithOtherValues() {
        Script script = mqtt5(connect("ann"));

        assertThat(last(onMosquitto, script))
                .containsExactly(
                        "ann: CONNACK 0x00 {SERVER_KEEP_ALIVE=[65535], RECEIVE_MAXIMUM=[20], TOPIC_ALIAS_MAXIMUM=[10]}");
        assertThat(last(onCauseway, script))
                .containsExactly("ann: CONNACK 0x00"
                        + " {RECEIVE_MAXIMUM=[1000], TOPIC_ALIAS_MAXIMUM=[16], MAXIMUM_PACKET_SIZE=[1048576]}");
    }

    @Test
    void clientThatIsTakenOver_isToldWhy() {
        Script script = mqtt5(connect("ann"), connect("ann"));

        assertThat(last(onMosquitto, script)).doesNotContain("ann, earlier connection: DISCONNECT 0x8E");
        assertThat(last(onCauseway, script)).contains("ann, earlier connection: DISCONNECT 0x8E");
    }

    @Test
    void clientThatIsSilentForTooLong_isToldWhy() {
        Script script = mqtt5(new Step.Connect("ann", true, 1, NONE, Will.NONE), new Step.FallSilent("ann"));

        assertThat(last(onMosquitto, script)).containsExactly("ann: (connection ended)");
        assertThat(last(onCauseway, script)).containsExactly("ann: DISCONNECT 0x8D", "ann: (connection ended)");
    }

    @Test
    void clientThatIsTakenOver_hasItsWillPublishedThoughItsSessionGoesOn() {
        Script script = Script.of(
                Version.V3_1_1,
                connect("bob"),
                subscribe("bob", "wills", 0),
                new Step.Connect("ann", false, 0, NONE, WILL),
                connect("ann", false, NONE));

        assertThat(last(onMosquitto, script)).doesNotContain(WILL_SEEN);
        assertThat(last(onCauseway, script)).contains(WILL_SEEN);
    }

    @Test
    void delayedWillOfASessionThatEndsWithTheConnection_isPublishedThen() {
        Script script = mqtt5(
                connect("bob"),
                subscribe("bob", "wills", 0),
                new Step.Connect("ann", true, 0, NONE, DELAYED_WILL),
                new Step.Cut("ann"));

        assertThat(last(onMosquitto, script)).isEmpty();
        assertThat(last(onCauseway, script)).containsExactly(WILL_SEEN);
    }

    @Test
    void delayedWillOfASessionThatACleanStartEnds_isPublishedThen() {
        Script script = mqtt5(
                connect("bob"),
                subscribe("bob", "wills", 0),
                new Step.Connect("ann", false, 0, LASTING, DELAYED_WILL),
                new Step.Cut("ann"),
                connect("ann"));

        assertThat(last(onMosquitto, script)).doesNotContain(WILL_SEEN);
        assertThat(last(onCauseway, script)).contains(WILL_SEEN);
    }

    @Test
    void delayedWillOfASessionThatADisconnectEnds_isPublishedThen() {
        Properties over = NONE.with(Property.SESSION_EXPIRY, 0);
        Script script = mqtt5(
                connect("bob"),
                subscribe("bob", "wills", 0),
                new Step.Connect("ann", true, 0, LASTING, DELAYED_WILL),
                new Step.Disconnect("ann", 0x04, over));

        assertThat(last(onMosquitto, script)).doesNotContain(WILL_SEEN);
        assertThat(last(onCauseway, script)).contains(WILL_SEEN);
    }

    @Test
    void disconnectWithAnyReasonButNormal_publishesTheWill() {
        int quotaExceeded = 0x97;
        Script script = mqtt5(
                connect("bob"),
                subscribe("bob", "wills", 0),
                new Step.Connect("ann", true, 0, NONE, WILL),
                new Step.Disconnect("ann", quotaExceeded, NONE));

        assertThat(last(onMosquitto, script)).doesNotContain(WILL_SEEN);
        assertThat(last(onCauseway, script)).contains(WILL_SEEN);
    }

    @Test
    void willToTheBrokersOwnTopics_isRefusedAtOnce() {
        Will will = new Will("$SYS/broker/version", "mine", 0, false, NONE);
        Script script = Script.of(Version.V3_1_1, new Step.Connect("ann", true, 0, NONE, will));

        assertThat(last(onMosquitto, script)).containsExactly("ann: CONNACK 0x00");
        assertThat(last(onCauseway, script)).containsExactly("ann: CONNACK 0x05", "ann: (connection ended)");
    }

    @Test
    void messageAtQos2_isDeliveredWithThePublishAndNotWithThePubRel() {
        Script script = Script.of(
                Version.V3_1_1,
                connect("bob"),
                subscribe("bob", "a", 0),
                connect("ann"),
                new Step.BeginPublish("ann", "a", "m"));

        assertThat(last(onMosquitto, script)).containsExactly("ann: PUBREC");
        assertThat(last(onCauseway, script)).containsExactly("ann: PUBREC", "bob: PUBLISH a 'm' qos 0");
    }

    @Test
    void messageThatNobodyGets_isAnsweredSoAtQos2Too() {
        Script script = mqtt5(connect("ann"), publish("ann", "a", 2, NONE));

        assertThat(last(onMosquitto, script)).containsExactly("ann: PUBREC 0x00", "ann: PUBCOMP 0x00");
        assertThat(last(onCauseway, script)).containsExactly("ann: PUBREC 0x10", "ann: PUBCOMP 0x00");
    }

    @Test
    void messageThatOnlyItsPublisherHasSubscribedTo_isAnsweredAsOneThatNobodyGets() {
        Filter noLocal = new Filter("a", 0, true, false, 0);
        Script script = mqtt5(connect("ann"), subscribe("ann", noLocal), publish("ann", "a", 1, NONE));

        assertThat(last(onMosquitto, script)).containsExactly("ann: PUBACK 0x00");
        assertThat(last(onCauseway, script)).containsExactly("ann: PUBACK 0x10");
    }

    @Test
    void topicWithAControlCharacter_isTaken() {
        Script script = Script.of(Version.V3_1_1, connect("ann"), publish("ann", "a\u0001b", 1, NONE));

        assertThat(last(onMosquitto, script)).containsExactly("ann: (connection ended)");
        assertThat(last(onCauseway, script)).containsExactly("ann: PUBACK");
    }

    @Test
    void topicWithMoreThan200Levels_isNotTaken() {
        Script script = mqtt5(connect("ann"), publish("ann", "a/".repeat(200), 1, NONE));

        assertThat(last(onMosquitto, script)).containsExactly("ann: PUBACK 0x10");
        assertThat(last(onCauseway, script)).containsExactly("ann: PUBACK 0x90");
    }

    @Test
    void messageThatExpiresAtOnce_isNotRetained() {
        Script script = mqtt5(
                connect("ann"),
                new Step.Publish("ann", "a", "m", 0, true, NONE.with(Property.MESSAGE_EXPIRY, 0)),
                subscribe("ann", "a", 0));

        assertThat(last(onMosquitto, script)).containsExactly("ann: SUBACK 0x00", "ann: PUBLISH a 'm' qos 0 retain");
        assertThat(last(onCauseway, script)).containsExactly("ann: SUBACK 0x00");
    }

    @Test
    void messageTooLargeForAClient_takesNoPlaceInItsWindow() {
        Properties narrow = NONE.with(Property.RECEIVE_MAXIMUM, 1).with(Property.MAXIMUM_PACKET_SIZE, 100);
        Script script = mqtt5(
                connect("bob", true, narrow),
                subscribe("bob", "a", 1),
                connect("ann"),
                new Step.Publish("ann", "a", "x".repeat(200), 1, false, NONE),
                publish("ann", "a", 1, NONE));

        assertThat(last(onMosquitto, script)).containsExactly("ann: PUBACK 0x00");
        assertThat(last(onCauseway, script)).containsExactly("ann: PUBACK 0x00", "bob: PUBLISH a 'm' qos 1");
    }

    @Test
    void acknowledgementOfNothing_opensNoWindow() {
        Script script = mqtt5(
                connect("bob", true, NONE.with(Property.RECEIVE_MAXIMUM, 1)),
                subscribe("bob", "a", 1),
                new Step.Hold("bob", Step.Stage.PUBLISH),
                connect("ann"),
                publish("ann", "a", 1, NONE),
                new Step.Misbehave("bob", Misdeed.PUBCOMP_OF_NOTHING),
                publish("ann", "a", 1, NONE));

        assertThat(last(onMosquitto, script)).containsExactly("ann: PUBACK 0x00", "bob: PUBLISH a 'm' qos 1");
        assertThat(last(onCauseway, script)).containsExactly("ann: PUBACK 0x00");
    }

    @Test
    void messageAtQos0_doesNotOvertakeThoseThatWait() {
        Script script = mqtt5(
                connect("bob", true, NONE.with(Property.RECEIVE_MAXIMUM, 1)),
                subscribe("bob", "a", 1),
                new Step.Hold("bob", Step.Stage.PUBLISH),
                connect("ann"),
                publish("ann", "a", 1, NONE),
                publish("ann", "a", 1, NONE),
                publish("ann", "a", 0, NONE));

        assertThat(last(onMosquitto, script)).containsExactly("bob: PUBLISH a 'm' qos 0");
        assertThat(last(onCauseway, script)).isEmpty();
    }

    @Test
    void topicAliases_areUsedTowardsClientsThatAllowThem() {
        Script script = mqtt5(
                connect("ann", true, NONE.with(Property.TOPIC_ALIAS_MAXIMUM, 1)),
                subscribe("ann", "a", 0),
                publish("ann", "a", 0, NONE),
                publish("ann", "a", 0, NONE));

        assertThat(last(onMosquitto, script)).containsExactly("ann: PUBLISH a 'm' qos 0");
        assertThat(last(onCauseway, script)).containsExactly("ann: PUBLISH a 'm' qos 0 {TOPIC_ALIAS=[1]}");
    }

    @Test
    void subscriptionsThatOverlap_bringOneCopyWithAllIdentifiers() {
        Script script = mqtt5(
                connect("ann"),
                new Step.Subscribe("ann", List.of(Filter.of("a", 0)), NONE.with(Property.SUBSCRIPTION_ID, 1)),
                new Step.Subscribe("ann", List.of(Filter.of("#", 1)), NONE.with(Property.SUBSCRIPTION_ID, 2)),
                publish("ann", "a", 1, NONE));

        assertThat(last(onMosquitto, script))
                .containsExactlyInAnyOrder(
                        "ann: PUBACK 0x00",
                        "ann: PUBLISH a 'm' qos 0 {SUBSCRIPTION_ID=[1]}",
                        "ann: PUBLISH a 'm' qos 1 {SUBSCRIPTION_ID=[2]}");
        assertThat(last(onCauseway, script))
                .containsExactly("ann: PUBACK 0x00", "ann: PUBLISH a 'm' qos 1 {SUBSCRIPTION_ID=[2, 1]}");
    }

    @Test
    void subscriptionsThatOverlap_areAllNamedInAMessageThatWasKept() {
        Script script = mqtt5(
                connect("ann", true, LASTING),
                new Step.Subscribe("ann", List.of(Filter.of("a", 0)), NONE.with(Property.SUBSCRIPTION_ID, 1)),
                new Step.Subscribe("ann", List.of(Filter.of("#", 1)), NONE.with(Property.SUBSCRIPTION_ID, 2)),
                new Step.Cut("ann"),
                connect("bob"),
                publish("bob", "a", 1, NONE),
                connect("ann", false, LASTING));

        assertThat(last(onMosquitto, script)).contains("ann: PUBLISH a 'm' qos 1 {SUBSCRIPTION_ID=[2]}");
        assertThat(last(onCauseway, script)).contains("ann: PUBLISH a 'm' qos 1 {SUBSCRIPTION_ID=[2, 1]}");
    }

    @Test
    void subscriptionMadeAnew_hasTheNewOptions() {
        Filter asPublished = new Filter("a", 0, false, true, 2);
        Filter plain = new Filter("a", 0, false, false, 2);
        Script script = mqtt5(
                connect("ann"),
                subscribe("ann", asPublished),
                subscribe("ann", plain),
                new Step.Publish("ann", "a", "m", 0, true, NONE));

        assertThat(last(onMosquitto, script)).containsExactly("ann: PUBLISH a 'm' qos 0 retain");
        assertThat(last(onCauseway, script)).containsExactly("ann: PUBLISH a 'm' qos 0");
    }

    @Test
    void filterTwiceInOneSubscribe_bringsARetainedMessageOnce() {
        Script script = Script.of(
                Version.V3_1_1,
                connect("ann"),
                new Step.Publish("ann", "a", "m", 0, true, NONE),
                new Step.Subscribe("ann", List.of(Filter.of("a", 0), Filter.of("a", 0)), NONE));
        String message = "ann: PUBLISH a 'm' qos 0 retain";

        assertThat(last(onMosquitto, script)).containsExactly("ann: SUBACK 0x00 0x00", message, message);
        assertThat(last(onCauseway, script)).containsExactly("ann: SUBACK 0x00 0x00", message);
    }

    @Test
    void sharedSubscription_bringsNoRetainedMessage() {
        Script script = Script.of(
                Version.V3_1_1,
                connect("ann"),
                new Step.Publish("ann", "a", "m", 0, true, NONE),
                subscribe("ann", "$share/g/a", 0));

        assertThat(last(onMosquitto, script)).containsExactly("ann: SUBACK 0x00", "ann: PUBLISH a 'm' qos 0 retain");
        assertThat(last(onCauseway, script)).containsExactly("ann: SUBACK 0x00");
    }

    @Test
    void sharedSubscription_prefersMembersThatAreConnected() {
        Script script = mqtt5(
                connect("ann", true, LASTING),
                subscribe("ann", "$share/g/a", 1),
                new Step.Cut("ann"),
                connect("bob"),
                subscribe("bob", "$share/g/a", 1),
                publish("bob", "a", 1, NONE));

        assertThat(last(onMosquitto, script)).containsExactly("bob: PUBACK 0x00");
        assertThat(last(onCauseway, script)).containsExactly("bob: PUBACK 0x00", "bob: PUBLISH a 'm' qos 1");
    }

    @ParameterizedTest
    @CsvSource({"$share/g", "$share/g/", "$share//a"})
    void sharedSubscriptionWithoutNameOrFilter_isRefused(String filter) {
        Script script = mqtt5(connect("ann"), subscribe("ann", filter, 0));

        assertThat(last(onMosquitto, script)).containsExactly("ann: SUBACK 0x00");
        assertThat(last(onCauseway, script)).containsExactly("ann: SUBACK 0x8F");
    }

    @Test
    void unsubscribeOfWhatIsNotThere_isAnsweredSo() {
        Script script = mqtt5(connect("ann"), new Step.Unsubscribe("ann", List.of("$own/a")));

        assertThat(last(onMosquitto, script)).containsExactly("ann: UNSUBACK 0x00");
        assertThat(last(onCauseway, script)).containsExactly("ann: UNSUBACK 0x11");
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVE_MAXIMUM, 0, 0x82",
        "MAXIMUM_PACKET_SIZE, 0, 0x82",
    })
    void connectThatIsRefused_isToldWhy(Property property, long value, String reason) {
        Script script = mqtt5(connect("ann", true, NONE.with(property, value)));

        assertThat(last(onMosquitto, script)).containsExactly("ann: (connection ended)");
        assertThat(last(onCauseway, script)).containsExactly("ann: CONNACK " + reason, "ann: (connection ended)");
    }

    @ParameterizedTest
    @CsvSource({"a/#, 0, 0x90", "a, 3, 0x81"})
    void connectWithAWillThatCannotBe_isToldWhy(String topic, int qos, String reason) {
        Will will = new Will(topic, "gone", qos, false, NONE);
        Script script = mqtt5(new Step.Connect("ann", true, 0, NONE, will));

        assertThat(last(onMosquitto, script)).containsExactly("ann: (connection ended)");
        assertThat(last(onCauseway, script)).containsExactly("ann: CONNACK " + reason, "ann: (connection ended)");
    }

    @ParameterizedTest
    @CsvSource({"PAYLOAD_FORMAT, 2, 0x82", "SUBSCRIPTION_ID, 2, 0x81", "RESPONSE_TOPIC, a/#, 0x82"})
    void propertyThatCannotBe_isNotOverlooked(Property property, String value, String reason) {
        Script script = mqtt5(connect("ann"), publish("ann", "a", 1, NONE.with(property, value)));

        assertThat(last(onMosquitto, script)).containsExactly("ann: PUBACK 0x10");
        assertThat(last(onCauseway, script)).containsExactly("ann: DISCONNECT " + reason, "ann: (connection ended)");
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

        assertThat(last(onMosquitto, script)).containsExactly(lines(mosquittos));
        assertThat(last(onCauseway, script)).containsExactly(lines(ours));
    }

    private static String[] lines(String cell) {
        return List.of(cell.split(", ", -1)).stream()
                .map(each -> "ann: " + each)
                .toArray(String[]::new);
    }

    /** What was seen in the last step. */
    private static List<String> last(Player player, Script script) {
        List<Moment> moments = player.play(script).moments();
        return moments.get(moments.size() - 1).lines();
    }

    private static Script mqtt5(Step... steps) {
        return Script.of(Version.V5, steps);
    }

    private static Step.Connect connect(String client) {
        return connect(client, true, NONE);
    }

    private static Step.Connect connect(String client, boolean cleanStart, Properties properties) {
        return new Step.Connect(client, cleanStart, 0, properties, Will.NONE);
    }

    private static Step.Subscribe subscribe(String client, String filter, int qos) {
        return subscribe(client, Filter.of(filter, qos));
    }

    private static Step.Subscribe subscribe(String client, Filter filter) {
        return new Step.Subscribe(client, List.of(filter), NONE);
    }

    private static Step.Publish publish(String client, String topic, int qos, Properties properties) {
        return new Step.Publish(client, topic, "m", qos, false, properties);
    }
}
