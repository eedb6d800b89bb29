package io.causeway.broker.differential;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients cannot tell Causeway from mosquitto, but for what docs/mqtt-broker.md lists. */
class DifferentialTest {
    private static final int SCRIPTS = Boolean.getBoolean("long") ? 1_000 : 12;

    @AutoClose
    private BothBrokers both;

    @BeforeEach
    void start(@TempDir Path directory) {
        both = BothBrokers.compared(directory);
    }

    @ParameterizedTest
    @EnumSource(Mix.class)
    void randomScript_isTheSameToEveryClient(Mix mix) {
        for (long seed = 0; seed < SCRIPTS; seed++) {
            assertSame("seed " + seed, RandomScript.of(seed, mix));
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void moreThanTheWindow_waitsForAcknowledgementsAndIsRepeatedInOrder(Version version) {
        Properties lasting = Properties.NONE.with(Property.SESSION_EXPIRY, 1_000);
        Step.Connect connect = new Step.Connect("bob", false, 60, lasting, Will.NONE);
        List<Step> steps = new ArrayList<>(List.of(
                connect,
                new Step.Subscribe("bob", List.of(Filter.of("#", 2)), Properties.NONE),
                new Step.Hold("bob", Step.Stage.PUBLISH),
                new Step.Connect("ann", true, 60, Properties.NONE, Will.NONE)));
        for (int i = 0; i <= Mosquitto.WINDOW; i++) {
            steps.add(new Step.Publish("ann", "a/" + i % 3, "m" + i, 1 + i % 2, false, Properties.NONE));
        }
        steps.addAll(List.of(new Step.Cut("bob"), connect, new Step.Hold("bob", Step.Stage.PUBREL), connect));

        assertSame("window", Script.of(version, steps.toArray(Step[]::new)));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void messageRepeatedOverAReconnection_isDeliveredOnce(Version version) {
        Properties lasting = Properties.NONE.with(Property.SESSION_EXPIRY, 1_000);
        Step.Connect connect = new Step.Connect("ann", false, 60, lasting, Will.NONE);
        Step overReconnection = new Step.InOne(
                "ann",
                List.of(
                        new Step.BeginPublish("ann", "a", "m"),
                        new Step.Cut("ann"),
                        connect,
                        new Step.RepeatPublish("ann"),
                        new Step.FinishPublish("ann")));

        assertSame(
                "repetition",
                Script.of(
                        version,
                        new Step.Connect("bob", true, 60, Properties.NONE, Will.NONE),
                        new Step.Subscribe("bob", List.of(Filter.of("a", 2)), Properties.NONE),
                        connect,
                        overReconnection));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void misdeeds_areAnsweredAlike(Version version) {
        Stream.concat(Misdeed.AGREED.stream(), Misdeed.HARMLESS.stream())
                .map(each -> Script.of(
                        version,
                        new Step.Connect("ann", true, 60, Properties.NONE, Will.NONE),
                        new Step.Misbehave("ann", each)))
                .forEach(each -> assertSame("misdeed", each));
    }

    /** In real time: a message, a session and a connection run out, and a will is delayed, for a second each. */
    @Test
    void whatRunsOut_runsOutForBoth() {
        Properties second = Properties.NONE.with(Property.SESSION_EXPIRY, 1);
        Properties lasting = Properties.NONE.with(Property.SESSION_EXPIRY, 1_000);
        Will delayed = new Will("w", "delayed", 1, false, Properties.NONE.with(Property.WILL_DELAY, 1));
        Will will = new Will("w", "silent", 1, false, Properties.NONE);
        Properties shortLived = Properties.NONE.with(Property.MESSAGE_EXPIRY, 1);
        Script script = Script.of(
                Version.V5,
                new Step.Connect("kept", true, 60, lasting, Will.NONE),
                new Step.Subscribe("kept", List.of(Filter.of("a", 1)), Properties.NONE),
                new Step.Cut("kept"),
                new Step.Connect("short", true, 60, second, Will.NONE),
                new Step.Cut("short"),
                new Step.Connect("watcher", true, 60, Properties.NONE, Will.NONE),
                new Step.Publish("watcher", "a", "gone", 1, false, shortLived),
                new Step.Publish("watcher", "a", "retained and gone", 1, true, shortLived),
                new Step.Subscribe("watcher", List.of(Filter.of("w", 1)), Properties.NONE),
                new Step.Connect("delayed", true, 60, lasting, delayed),
                new Step.Cut("delayed"),
                new Step.AwaitPacket("watcher"),
                new Step.Connect("silent", true, 1, Properties.NONE, will),
                new Step.FallSilent("silent"),
                new Step.Connect("short", false, 60, second, Will.NONE),
                new Step.Connect("kept", false, 60, lasting, Will.NONE),
                new Step.Subscribe("watcher", List.of(Filter.of("#", 1)), Properties.NONE));

        assertThat(both.difference(script)).isEmpty();
    }

    private void assertSame(String description, Script script) {
        assertThat(both.smallestDifference(script)).as(description).isEmpty();
    }
}
