package io.causeway.broker.differential;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.causeway.broker.differential.Script.mqtt5;
import static io.causeway.broker.differential.Step.connect;
import static io.causeway.broker.differential.Step.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

/** Where Causeway differs from mosquitto 2.0.11, as docs/mqtt-broker.md lists it under "Wills and takeovers". */
class WillDifferencesTest {
    private static final Properties NONE = Properties.NONE;
    private static final Properties LASTING = NONE.with(Property.SESSION_EXPIRY, 1_000);
    private static final Will WILL = new Will("wills", "gone", 0, false, NONE);
    private static final Will DELAYED_WILL = new Will("wills", "gone", 0, false, NONE.with(Property.WILL_DELAY, 1_000));
    private static final String WILL_SEEN = "bob: PUBLISH wills 'gone' qos 0";

    @AutoClose
    private static BothBrokers both;

    @BeforeAll
    static void start(@TempDir Path directory) {
        both = BothBrokers.exactly(directory);
    }

    @Test
    void clientThatIsTakenOver_isToldWhy() {
        Script script = mqtt5(connect("ann"), connect("ann"));

        assertThat(both.onMosquitto(script)).doesNotContain("ann, earlier connection: DISCONNECT 0x8E");
        assertThat(both.onCauseway(script)).contains("ann, earlier connection: DISCONNECT 0x8E");
    }

    @Test
    void clientThatIsSilentForTooLong_isToldWhy() {
        Script script = mqtt5(new Step.Connect("ann", true, 1, NONE, Will.NONE), new Step.FallSilent("ann"));

        assertThat(both.onMosquitto(script)).containsExactly("ann: (connection ended)");
        assertThat(both.onCauseway(script)).containsExactly("ann: DISCONNECT 0x8D", "ann: (connection ended)");
    }

    @Test
    void clientThatIsTakenOver_hasItsWillPublishedThoughItsSessionGoesOn() {
        Script script = Script.of(
                Version.V3_1_1,
                connect("bob"),
                subscribe("bob", "wills", 0),
                new Step.Connect("ann", false, 0, NONE, WILL),
                connect("ann", false, NONE));

        assertThat(both.onMosquitto(script)).doesNotContain(WILL_SEEN);
        assertThat(both.onCauseway(script)).contains(WILL_SEEN);
    }

    @Test
    void delayedWillOfASessionThatEndsWithTheConnection_isPublishedThen() {
        Script script = mqtt5(
                connect("bob"),
                subscribe("bob", "wills", 0),
                new Step.Connect("ann", true, 0, NONE, DELAYED_WILL),
                new Step.Cut("ann"));

        assertThat(both.onMosquitto(script)).isEmpty();
        assertThat(both.onCauseway(script)).containsExactly(WILL_SEEN);
    }

    @Test
    void delayedWillOfASessionThatACleanStartEnds_isPublishedThen() {
        Script script = mqtt5(
                connect("bob"),
                subscribe("bob", "wills", 0),
                new Step.Connect("ann", false, 0, LASTING, DELAYED_WILL),
                new Step.Cut("ann"),
                connect("ann"));

        assertThat(both.onMosquitto(script)).doesNotContain(WILL_SEEN);
        assertThat(both.onCauseway(script)).contains(WILL_SEEN);
    }

    @Test
    void delayedWillOfASessionThatADisconnectEnds_isPublishedThen() {
        Properties over = NONE.with(Property.SESSION_EXPIRY, 0);
        Script script = mqtt5(
                connect("bob"),
                subscribe("bob", "wills", 0),
                new Step.Connect("ann", true, 0, LASTING, DELAYED_WILL),
                new Step.Disconnect("ann", 0x04, over));

        assertThat(both.onMosquitto(script)).doesNotContain(WILL_SEEN);
        assertThat(both.onCauseway(script)).contains(WILL_SEEN);
    }

    @Test
    void disconnectWithAnyReasonButNormal_publishesTheWill() {
        int quotaExceeded = 0x97;
        Script script = mqtt5(
                connect("bob"),
                subscribe("bob", "wills", 0),
                new Step.Connect("ann", true, 0, NONE, WILL),
                new Step.Disconnect("ann", quotaExceeded, NONE));

        assertThat(both.onMosquitto(script)).doesNotContain(WILL_SEEN);
        assertThat(both.onCauseway(script)).contains(WILL_SEEN);
    }

    @Test
    void willToTheBrokersOwnTopics_isRefusedAtOnce() {
        Will will = new Will("$SYS/broker/version", "mine", 0, false, NONE);
        Script script = Script.of(Version.V3_1_1, new Step.Connect("ann", true, 0, NONE, will));

        assertThat(both.onMosquitto(script)).containsExactly("ann: CONNACK 0x00");
        assertThat(both.onCauseway(script)).containsExactly("ann: CONNACK 0x05", "ann: (connection ended)");
    }
}
