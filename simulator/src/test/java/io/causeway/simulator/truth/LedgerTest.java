package io.causeway.simulator.truth;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.payload.Stamp;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LedgerTest {
    private static final int RUN = 0x1F00BA12;
    private static final int ALL = Integer.MAX_VALUE;
    private static final Duration LATE_AFTER = Duration.ofSeconds(1);
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap

    private final Ledger ledger = new Ledger(RUN);
    private final MessageStream reports = ledger.open("meters", "m-1", Direction.UP, Qos.AT_LEAST_ONCE, LATE_AFTER);
    private final MessageStream alarms = ledger.open("meters", "m-1", Direction.UP, Qos.EXACTLY_ONCE, LATE_AFTER);
    private final MessageStream samples = ledger.open("meters", "m-1", Direction.UP, Qos.AT_MOST_ONCE, LATE_AFTER);
    private final MessageStream commands = ledger.open("meters", "m-1", Direction.DOWN, Qos.EXACTLY_ONCE, LATE_AFTER);

    @Test
    void promisedAndArrived_isNothingToComplainAbout() {
        promise(reports, 3);
        arrive(reports, 0, 1, 2);

        assertThat(ledger.findings(ALL)).isEmpty();
        assertThat(reports.tally()).isEqualTo(new Tally(3, 3, 3, 0, 0, 0, 0));
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
        assertThat(reports.tally()).isEqualTo(new Tally(1, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void promisedTwice_countsOnce() {
        promise(reports, 1);
        reports.onPromised(0);

        assertThat(reports.tally()).isEqualTo(new Tally(1, 1, 0, 1, 0, 0, 0));
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
        assertThat(reports.tally()).isEqualTo(new Tally(2, 2, 2, 0, 2, 0, 0));
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
        assertThat(alarms.tally()).isEqualTo(new Tally(2, 2, 2, 0, 0, 0, 0));
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
        assertThat(commands.tally()).isEqualTo(new Tally(3, 1, 1, 0, 0, 0, 0));
        assertThat(receive(1)).isTrue();
        assertThat(commands.tally()).isEqualTo(new Tally(3, 1, 2, 0, 0, 0, 0));

        commands.onPromised(commands.next());
        assertThat(ledger.findings(ALL)).containsExactly(finding(Finding.Kind.MISSING, "1 message: #3"));
    }

    @Test
    void longOnItsWay_isLate() {
        promise(reports, 2);
        ledger.onArrivedAtBroker(stamp(RUN, reports, 0), false, START + LATE_AFTER.toNanos());
        ledger.onArrivedAtBroker(stamp(RUN, reports, 1), false, START + LATE_AFTER.toNanos() + 1);

        assertThat(reports.tally().late()).isEqualTo(1);
    }

    @Test
    void messagesOfOthers_areForeign() {
        promise(reports, 1);

        ledger.onForeign();
        assertThat(ledger.onArrivedAtBroker(stamp(RUN + 1, reports, 0), false, START))
                .isFalse();
        assertThat(ledger.onArrivedAtBroker(new Stamp(RUN, 4, 0, START), false, START))
                .isFalse();
        assertThat(ledger.onArrivedAtBroker(stamp(RUN, reports, 1), false, START))
                .isFalse();

        assertThat(ledger.foreign()).isEqualTo(4);
        assertThat(ledger.tally(stream -> true)).isEqualTo(new Tally(1, 1, 0, 1, 0, 0, 0));
    }

    @Test
    void commandSeenAtTheBroker_hasNotArrivedYet() {
        promise(commands, 1);
        arrive(commands, 0);

        assertThat(commands.tally().missing()).isEqualTo(1);
        assertThat(ledger.foreign()).isZero();
    }

    @Test
    void commandAtAnotherSensor_hasNotArrived() {
        promise(commands, 1);
        promise(reports, 1);

        assertThat(ledger.onArrivedAtSensor(stamp(RUN, commands, 0), "m-2", START))
                .isFalse();
        assertThat(ledger.onArrivedAtSensor(stamp(RUN, reports, 0), "m-1", START))
                .isFalse();

        assertThat(ledger.foreign()).isEqualTo(2);
        assertThat(ledger.tally(stream -> true).missing()).isEqualTo(2);
    }

    @Test
    void tally_isOfTheStreamsMeant() {
        promise(reports, 2);
        send(commands, 3);

        assertThat(ledger.tally(stream -> stream.direction() == Direction.DOWN).sent())
                .isEqualTo(3);
        assertThat(ledger.tally(stream -> true).sent()).isEqualTo(5);
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

    private void arrive(MessageStream stream, int... sequences) {
        for (int sequence : sequences) {
            ledger.onArrivedAtBroker(stamp(RUN, stream, sequence), false, START);
        }
    }

    private boolean redeliver(MessageStream stream, int sequence) {
        return ledger.onArrivedAtBroker(stamp(RUN, stream, sequence), true, START);
    }

    private boolean receive(int sequence) {
        return ledger.onArrivedAtSensor(stamp(RUN, commands, sequence), "m-1", START);
    }

    private static Stamp stamp(int run, MessageStream stream, int sequence) {
        return new Stamp(run, stream.number(), sequence, START);
    }

    private static Finding finding(Finding.Kind kind, String detail) {
        return new Finding(kind, "meters", "m-1", detail);
    }
}
