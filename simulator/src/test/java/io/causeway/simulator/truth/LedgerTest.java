package io.causeway.simulator.truth;

import io.causeway.client.IncomingMessage;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.simulator.payload.PayloadWriter;
import io.causeway.simulator.payload.Stamp;
import io.causeway.simulator.scenario.PayloadTemplate;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LedgerTest {
    private static final long RUN = 0x1F00BA12_0000_0007L;
    private static final int ALL = Integer.MAX_VALUE;
    private static final Duration LATE_AFTER = Duration.ofSeconds(1);
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap

    private static final String TOPIC = "meters/m-1";
    private static final PayloadWriter PAYLOADS = new PayloadWriter(PayloadTemplate.DEFAULT, new Random(1));

    private final Ledger ledger = new Ledger(RUN);
    private final MessageStream reports = open(Direction.UP, Qos.AT_LEAST_ONCE);
    private final MessageStream alarms = open(Direction.UP, Qos.EXACTLY_ONCE);
    private final MessageStream samples = open(Direction.UP, Qos.AT_MOST_ONCE);
    private final MessageStream commands = open(Direction.DOWN, Qos.EXACTLY_ONCE);

    @Test
    void promisedAndArrived_isNothingToComplainAbout() {
        promise(reports, 3);
        arrive(reports, 0, 1, 2);

        assertThat(ledger.findings(ALL)).isEmpty();
        assertThat(reports.tally()).isEqualTo(tally(3, 3, 0, 3, 0, 0));
    }

    @Test
    void promisedAndNotArrived_isMissing() {
        promise(reports, 8);
        arrive(reports, 1);

        assertThat(ledger.findings(ALL))
                .containsExactly(finding(Finding.Kind.MISSING, "7 messages: #0, #2, #3, #4, #5, ..."));
        assertThat(reports.tally().missing()).isEqualTo(7);
    }

    @Test
    void arrivedBeforeItsPromise_isNotMissing() {
        send(reports, 1);
        arrive(reports, 0);
        reports.onPromised(0);

        assertThat(ledger.findings(ALL)).isEmpty();
        assertThat(reports.tally()).isEqualTo(tally(1, 1, 0, 1, 0, 0));
    }

    @Test
    void promisedTwice_countsOnce() {
        promise(reports, 1);
        reports.onPromised(0);

        assertThat(reports.tally()).isEqualTo(tally(1, 1, 0, 0, 1, 0));
    }

    @Test
    void promiseOfWhatNobodySent_isABug() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> reports.onPromised(0));
    }

    @Test
    void sentAndNeverPromised_mayBeLost() {
        send(reports, 2);
        send(samples, 2);
        arrive(samples, 1);

        assertThat(ledger.findings(ALL)).isEmpty();
        assertThat(reports.tally().lost()).isEqualTo(2);
        assertThat(samples.tally().lost()).isEqualTo(1);
    }

    @Test
    void promisedAndOvertaken_isOutOfOrder() {
        promise(reports, 3);
        arrive(reports, 0, 2, 1);

        assertThat(ledger.findings(ALL)).containsExactly(finding(Finding.Kind.OUT_OF_ORDER, "1 message: #1"));
        assertThat(reports.tally().outOfOrder()).isEqualTo(1);
    }

    @Test
    void overtakenAndPromisedLater_isOutOfOrder() {
        send(reports, 2);
        arrive(reports, 1, 0);
        assertThat(ledger.findings(ALL)).isEmpty();

        reports.onPromised(0);
        assertThat(ledger.findings(ALL)).containsExactly(finding(Finding.Kind.OUT_OF_ORDER, "1 message: #0"));
    }

    @Test
    void givenUpAndOvertaken_isInOrder() {
        send(reports, 2);
        reports.onPromised(1);
        arrive(reports, 1, 0);

        assertThat(ledger.findings(ALL)).isEmpty();
    }

    @Test
    void otherStreamsOfASensor_mayOvertake() {
        promise(reports, 1);
        promise(alarms, 1);
        arrive(alarms, 0);
        arrive(reports, 0);

        assertThat(ledger.findings(ALL)).isEmpty();
    }

    @Test
    void secondCopyAtQos1_isCountedAndNotBlamed() {
        promise(reports, 2);
        arrive(reports, 0, 0, 1, 0);

        assertThat(ledger.findings(ALL)).isEmpty();
        assertThat(reports.tally()).isEqualTo(tally(2, 2, 0, 2, 0, 2));
    }

    @Test
    void secondCopyAtQos2_isBlamed() {
        promise(alarms, 2);
        arrive(alarms, 0, 1, 0, 1, 1);

        assertThat(ledger.findings(ALL)).containsExactly(finding(Finding.Kind.DUPLICATED, "3 messages: #0, #1, #1"));
    }

    @Test
    void repetitionOfTheBroker_isNotTheGatewaysDuplicate() {
        promise(alarms, 2);
        assertThat(redeliver(alarms, 0)).isTrue(); // the first that came of it
        arrive(alarms, 1);
        assertThat(redeliver(alarms, 0)).isFalse();
        assertThat(redeliver(alarms, 1)).isFalse();

        assertThat(ledger.findings(ALL)).isEmpty();
        assertThat(alarms.tally()).isEqualTo(tally(2, 2, 0, 2, 0, 0));
    }

    @Test
    void lastCommandOnceMore_isExcusedToASensorWithoutMemory() {
        promise(commands, 2);
        receive(0);
        receive(1);
        commands.onReceiverForgot();
        receive(1);
        assertThat(ledger.findings(ALL)).isEmpty();

        receive(0);
        assertThat(ledger.findings(ALL)).containsExactly(finding(Finding.Kind.DUPLICATED, "1 message: #0"));
    }

    @Test
    void excused_isNotMissingAndMayStillCome() {
        promise(commands, 3);
        receive(0);
        commands.excuse();

        assertThat(ledger.findings(ALL)).isEmpty();
        assertThat(commands.tally()).isEqualTo(tally(3, 1, 2, 1, 0, 0));
        assertThat(receive(1)).isTrue();
        assertThat(commands.tally()).isEqualTo(tally(3, 1, 1, 2, 0, 0));

        commands.onPromised(commands.next());
        assertThat(ledger.findings(ALL)).containsExactly(finding(Finding.Kind.MISSING, "1 message: #3"));
    }

    @Test
    void longOnItsWay_isLate() {
        promise(reports, 2);
        ledger.onArrivedAtBroker(TOPIC, payload(RUN, reports, 0), false, START + LATE_AFTER.toNanos());
        ledger.onArrivedAtBroker(TOPIC, payload(RUN, reports, 1), false, START + LATE_AFTER.toNanos() + 1);

        assertThat(reports.tally().late()).isEqualTo(1);
    }

    @Test
    void messagesOfOthers_areForeign() {
        promise(reports, 1);

        arrive(Octets.utf8("21.5"));
        arrive(Octets.of(payload(RUN + 1, reports, 0)));
        arrive(PAYLOADS.write(new Stamp(RUN, 4, 0, START)));
        arrive(Octets.of(payload(RUN, reports, 1)));

        assertThat(ledger.foreign()).isEqualTo(4);
        assertThat(ledger.tally(channel -> true)).isEqualTo(tally(1, 1, 0, 0, 1, 0));
    }

    @Test
    void commandSeenAtTheBroker_hasNotArrivedYet() {
        promise(commands, 1);
        arrive(commands, 0);

        assertThat(commands.tally().missing()).isEqualTo(1);
        assertThat(ledger.foreign()).isZero();
    }

    @Test
    void messageAtAnotherTopic_isMisdeliveredAndMissing() {
        promise(reports, 1);
        ledger.onArrivedAtBroker("meters/m-2", payload(RUN, reports, 0), false, START);

        assertThat(ledger.findings(ALL))
                .containsExactly(
                        finding(Finding.Kind.MISSING, "1 message: #0"),
                        finding(Finding.Kind.MISDELIVERED, "1 message: #0"));
        assertThat(reports.tally().wrong()).isEqualTo(1);
        assertThat(ledger.foreign()).isZero();
    }

    @Test
    void commandAtAnotherSensorOrTopic_isMisdelivered() {
        promise(commands, 1);
        promise(reports, 1);

        receive("m-2", incoming(TOPIC, payload(RUN, commands, 0), false));
        receive("m-1", incoming("meters/m-2", payload(RUN, commands, 0), false));
        receive("m-1", incoming(TOPIC, payload(RUN, reports, 0), false));

        assertThat(commands.tally().misdelivered()).isEqualTo(2);
        assertThat(reports.tally().misdelivered()).isEqualTo(1);
        assertThat(ledger.tally(channel -> true).missing()).isEqualTo(2);
        assertThat(ledger.foreign()).isZero();
    }

    @Test
    void otherPayloadThanWasSent_isCorruptedAndMissing() {
        promise(reports, 1);
        byte[] damaged = payload(RUN, reports, 0);
        damaged[damaged.length - 1]++;
        arrive(Octets.of(damaged));

        assertThat(ledger.findings(ALL))
                .containsExactly(
                        finding(Finding.Kind.MISSING, "1 message: #0"),
                        finding(Finding.Kind.CORRUPTED, "1 message: #0"));
        assertThat(reports.tally().wrong()).isEqualTo(1);
    }

    @Test
    void commandMarkedAsRetained_isCorrupted() {
        promise(commands, 1);
        receive("m-1", incoming(TOPIC, payload(RUN, commands, 0), true));

        assertThat(commands.tally().corrupted()).isEqualTo(1);
    }

    @Test
    void refusedCommand_isExcusedAlsoIfItIsPromisedLater() {
        promise(commands, 2);
        ledger.onRefused(Octets.of(payload(RUN, commands, 0)));
        int later = commands.next();
        ledger.onRefused(Octets.of(payload(RUN, commands, later)));
        commands.onPromised(later);

        assertThat(commands.tally()).isEqualTo(tally(3, 1, 2, 0, 1, 0));
        assertThat(ledger.findings(ALL)).containsExactly(finding(Finding.Kind.MISSING, "1 message: #1"));
    }

    @Test
    void tally_isOfTheStreamsMeant() {
        promise(reports, 2);
        send(commands, 3);

        assertThat(ledger.tally(channel -> channel.direction() == Direction.DOWN)
                        .sent())
                .isEqualTo(3);
        assertThat(ledger.tally(channel -> true).sent()).isEqualTo(5);
    }

    @Test
    void findings_areNoMoreThanAsked() {
        promise(reports, 1);
        promise(alarms, 1);

        assertThat(ledger.findings(1)).hasSize(1);
    }

    private static void send(MessageStream stream, int count) {
        for (int message = 0; message < count; message++) {
            stream.next();
        }
    }

    private static void promise(MessageStream stream, int count) {
        for (int message = 0; message < count; message++) {
            stream.onPromised(stream.next());
        }
    }

    private MessageStream open(Direction direction, Qos qos) {
        return ledger.open(new Channel("meters", "m-1", direction, TOPIC, qos), LATE_AFTER);
    }

    private void arrive(MessageStream stream, int... sequences) {
        for (int sequence : sequences) {
            arrive(Octets.of(payload(RUN, stream, sequence)));
        }
    }

    private void arrive(Octets payload) {
        ledger.onArrivedAtBroker(TOPIC, payload.toByteArray(), false, START);
    }

    private boolean redeliver(MessageStream stream, int sequence) {
        return ledger.onArrivedAtBroker(TOPIC, payload(RUN, stream, sequence), true, START)
                .isPresent();
    }

    private boolean receive(int sequence) {
        return receive("m-1", incoming(TOPIC, payload(RUN, commands, sequence), false));
    }

    private boolean receive(String client, IncomingMessage message) {
        return ledger.onArrivedAtSensor(client, message, START).isPresent();
    }

    private static IncomingMessage incoming(String topic, byte[] payload, boolean retain) {
        return new IncomingMessage(new Topic.Name(topic), Octets.of(payload), Qos.EXACTLY_ONCE, retain, false);
    }

    private static byte[] payload(long run, MessageStream stream, int sequence) {
        return PAYLOADS.write(new Stamp(run, stream.number(), sequence, START)).toByteArray();
    }

    /** With everything in order and in time. */
    private static Tally tally(long sent, long promised, long excused, long arrived, long missing, long duplicates) {
        return new Tally(sent, promised, excused, arrived, missing, duplicates, 0, 0, 0, 0);
    }

    private static Finding finding(Finding.Kind kind, String detail) {
        return new Finding(kind, "meters", "m-1", detail);
    }
}
