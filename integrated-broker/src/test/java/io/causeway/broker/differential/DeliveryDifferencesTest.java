package io.causeway.broker.differential;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.causeway.broker.differential.Script.mqtt5;
import static io.causeway.broker.differential.Step.connect;
import static io.causeway.broker.differential.Step.publish;
import static io.causeway.broker.differential.Step.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

/** Where Causeway differs from mosquitto 2.0.11, as docs/mqtt-broker.md lists it under "What a subscriber sees". */
class DeliveryDifferencesTest {
    private static final Properties NONE = Properties.NONE;
    private static final Properties LASTING = NONE.with(Property.SESSION_EXPIRY, 1_000);

    @AutoClose
    private static BothBrokers both;

    @BeforeAll
    static void start(@TempDir Path directory) {
        both = BothBrokers.exactly(directory);
    }

    @Test
    void messageAtQos2_isDeliveredWithThePublishAndNotWithThePubRel() {
        Script script = Script.of(
                Version.V3_1_1,
                connect("bob"),
                subscribe("bob", "a", 0),
                connect("ann"),
                new Step.BeginPublish("ann", "a", "m"));

        assertThat(both.onMosquitto(script)).containsExactly("ann: PUBREC");
        assertThat(both.onCauseway(script)).containsExactly("ann: PUBREC", "bob: PUBLISH a 'm' qos 0");
    }

    @Test
    void messageThatExpiresAtOnce_isNotRetained() {
        Script script = mqtt5(
                connect("ann"),
                new Step.Publish("ann", "a", "m", 0, true, NONE.with(Property.MESSAGE_EXPIRY, 0)),
                subscribe("ann", "a", 0));

        assertThat(both.onMosquitto(script)).containsExactly("ann: SUBACK 0x00", "ann: PUBLISH a 'm' qos 0 retain");
        assertThat(both.onCauseway(script)).containsExactly("ann: SUBACK 0x00");
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

        assertThat(both.onMosquitto(script)).containsExactly("ann: PUBACK 0x00");
        assertThat(both.onCauseway(script)).containsExactly("ann: PUBACK 0x00", "bob: PUBLISH a 'm' qos 1");
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

        assertThat(both.onMosquitto(script)).containsExactly("ann: PUBACK 0x00", "bob: PUBLISH a 'm' qos 1");
        assertThat(both.onCauseway(script)).containsExactly("ann: PUBACK 0x00");
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

        assertThat(both.onMosquitto(script)).containsExactly("bob: PUBLISH a 'm' qos 0");
        assertThat(both.onCauseway(script)).isEmpty();
    }

    @Test
    void topicAliases_areUsedTowardsClientsThatAllowThem() {
        Script script = mqtt5(
                connect("ann", true, NONE.with(Property.TOPIC_ALIAS_MAXIMUM, 1)),
                subscribe("ann", "a", 0),
                publish("ann", "a", 0, NONE),
                publish("ann", "a", 0, NONE));

        assertThat(both.onMosquitto(script)).containsExactly("ann: PUBLISH a 'm' qos 0");
        assertThat(both.onCauseway(script)).containsExactly("ann: PUBLISH a 'm' qos 0 {TOPIC_ALIAS=[1]}");
    }

    @Test
    void subscriptionsThatOverlap_bringOneCopyWithAllIdentifiers() {
        Script script = mqtt5(
                connect("ann"),
                new Step.Subscribe("ann", List.of(Filter.of("a", 0)), NONE.with(Property.SUBSCRIPTION_ID, 1)),
                new Step.Subscribe("ann", List.of(Filter.of("#", 1)), NONE.with(Property.SUBSCRIPTION_ID, 2)),
                publish("ann", "a", 1, NONE));

        assertThat(both.onMosquitto(script))
                .containsExactlyInAnyOrder(
                        "ann: PUBACK 0x00",
                        "ann: PUBLISH a 'm' qos 0 {SUBSCRIPTION_ID=[1]}",
                        "ann: PUBLISH a 'm' qos 1 {SUBSCRIPTION_ID=[2]}");
        assertThat(both.onCauseway(script))
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

        assertThat(both.onMosquitto(script)).contains("ann: PUBLISH a 'm' qos 1 {SUBSCRIPTION_ID=[2]}");
        assertThat(both.onCauseway(script)).contains("ann: PUBLISH a 'm' qos 1 {SUBSCRIPTION_ID=[2, 1]}");
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

        assertThat(both.onMosquitto(script)).containsExactly("ann: PUBLISH a 'm' qos 0 retain");
        assertThat(both.onCauseway(script)).containsExactly("ann: PUBLISH a 'm' qos 0");
    }

    @Test
    void filterTwiceInOneSubscribe_bringsARetainedMessageOnce() {
        Script script = Script.of(
                Version.V3_1_1,
                connect("ann"),
                new Step.Publish("ann", "a", "m", 0, true, NONE),
                new Step.Subscribe("ann", List.of(Filter.of("a", 0), Filter.of("a", 0)), NONE));
        String message = "ann: PUBLISH a 'm' qos 0 retain";

        assertThat(both.onMosquitto(script)).containsExactly("ann: SUBACK 0x00 0x00", message, message);
        assertThat(both.onCauseway(script)).containsExactly("ann: SUBACK 0x00 0x00", message);
    }

    @Test
    void retainedMessageThatIsReplacedBeforeTheClientHasRoomForIt_isNotSent() {
        Script script = mqtt5(
                connect("bob", true, NONE.with(Property.RECEIVE_MAXIMUM, 1)),
                subscribe("bob", "b", 1),
                new Step.Hold("bob", Step.Stage.PUBLISH),
                connect("ann"),
                publish("ann", "b", 1, NONE),
                new Step.Publish("ann", "a", "old", 1, true, NONE),
                subscribe("bob", "a", 1),
                new Step.Publish("ann", "a", "new", 1, true, NONE),
                new Step.Release("bob"));

        assertThat(both.onMosquitto(script))
                .containsExactly("bob: PUBLISH a 'old' qos 1 retain", "bob: PUBLISH a 'new' qos 1");
        assertThat(both.onCauseway(script)).containsExactly("bob: PUBLISH a 'new' qos 1");
    }

    @Test
    void sharedSubscription_bringsNoRetainedMessage() {
        Script script = Script.of(
                Version.V3_1_1,
                connect("ann"),
                new Step.Publish("ann", "a", "m", 0, true, NONE),
                subscribe("ann", "$share/g/a", 0));

        assertThat(both.onMosquitto(script)).containsExactly("ann: SUBACK 0x00", "ann: PUBLISH a 'm' qos 0 retain");
        assertThat(both.onCauseway(script)).containsExactly("ann: SUBACK 0x00");
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

        assertThat(both.onMosquitto(script)).containsExactly("bob: PUBACK 0x00");
        assertThat(both.onCauseway(script)).containsExactly("bob: PUBACK 0x00", "bob: PUBLISH a 'm' qos 1");
    }
}
