package io.causeway.radio.framing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.causeway.radio.framing.Messages.CONNECT;
import static io.causeway.radio.framing.Messages.FORWARDED;
import static io.causeway.radio.framing.Messages.PINGREQ;
import static io.causeway.radio.framing.Messages.PUBLISH;
import static org.assertj.core.api.Assertions.assertThat;

class LengthDecoderTest {
    private final Receiver receiver = new Receiver(Framing.RAW);

    @Test
    void noise_isSkippedOctetByOctet_untilAMessageIsFollowedByAnother() {
        receiver.receive("00", "ff", CONNECT);
        assertThat(receiver.messages()).isEmpty();

        receiver.receive(PINGREQ.substring(0, 2));
        assertThat(receiver.messages()).isEmpty();

        receiver.receive(PINGREQ.substring(2));
        assertThat(receiver.messages()).containsExactly(CONNECT, PINGREQ);
        assertThat(receiver.meter.discardedOctets()).isEqualTo(2);
        assertThat(receiver.faults(FrameFault.NO_MESSAGE)).isEqualTo(1);
    }

    @Test
    void messageBehindNoise_isTakenWhenSilenceFollows() {
        receiver.receive("ff", CONNECT);
        assertThat(receiver.decoder.awaitsSilence()).isTrue();

        assertThat(receiver.fallSilent().messages()).containsExactly(CONNECT);
        assertThat(receiver.decoder.awaitsSilence()).isFalse();
    }

    @Test
    void messageBehindSilence_isTrustedAtOnce() {
        receiver.receive("ffff");
        assertThat(receiver.decoder.awaitsSilence()).isTrue();

        assertThat(receiver.fallSilent().receive(CONNECT).messages()).containsExactly(CONNECT);
    }

    @Test
    void octetsHandedOverLate_areNoSilence() {
        receiver.receive(CONNECT.substring(0, 10));
        receiver.pass(Receiver.TIMEOUT.multipliedBy(2));

        assertThat(receiver.receive(CONNECT.substring(10)).messages()).containsExactly(CONNECT);
    }

    @Test
    void lostOctet_costsNoMoreThanThatMessageAndTheNext() {
        String lost = PUBLISH.substring(0, 10) + PUBLISH.substring(12);

        receiver.receive(CONNECT, lost, CONNECT, PINGREQ, CONNECT).fallSilent();
        assertThat(receiver.messages()).startsWith(CONNECT).endsWith(PINGREQ, CONNECT);

        receiver.receive(lost).fallSilent().receive(FORWARDED);
        assertThat(receiver.messages()).endsWith(PINGREQ, CONNECT, FORWARDED);
    }

    @Test
    void messageInsideOfAFalseOne_isFoundWhenTheLineFallsSilent() {
        receiver.receive("200c", CONNECT).fallSilent();

        assertThat(receiver.messages()).containsExactly(CONNECT);
        assertThat(receiver.faults(FrameFault.INCOMPLETE)).isEqualTo(1);
        assertThat(receiver.meter.discardedOctets()).isEqualTo(2);
    }

    @Test
    void silenceBelowTheTimeout_changesNothing() {
        receiver.receive(CONNECT.substring(0, 10));
        receiver.pass(Receiver.TIMEOUT.minusNanos(1));
        receiver.decoder.onTime(receiver.nowNanos());

        assertThat(receiver.receive(CONNECT.substring(10)).messages()).containsExactly(CONNECT);
    }

    @Test
    void envelopeAndItsMessage_areOne() {
        receiver.receive(FORWARDED.substring(0, 10), FORWARDED.substring(10), "03fe00" + PINGREQ);

        assertThat(receiver.messages()).containsExactly(FORWARDED, "03fe00" + PINGREQ);
    }

    @Test
    @Timeout(10)
    void messageAndEnvelopeThatFillAShortLine_doNotEndTheReading() {
        Receiver shortLine = Receiver.ofShortPackets(Framing.RAW);

        shortLine.receive("00", "2009" + "41".repeat(30), "23fe" + "00".repeat(60), CONNECT);

        assertThat(shortLine.fallSilent().messages()).endsWith(CONNECT);
    }

    @Test
    void registerAsLongAsALineEnd_isARegister() {
        String register = "0d0a00000001" + "612f622f632f64";

        assertThat(receiver.receive(register).messages()).containsExactly(register);
    }

    @ParameterizedTest
    @CsvSource({
        "00, a length of 0",
        "0104, a length of 4 that nothing can have",
        "010003 0c, a long form below itself",
        "020c, a PUBLISH without topic",
        "0318aa, a DISCONNECT with half a duration",
        "0603, a reserved type",
        "0611, a reserved type",
        "0719, a reserved type",
        "01ffff0c, more than the longest packet",
        "0804000200, another protocol",
        "40fe, an envelope with an id of 61 octets",
    })
    void whatCannotBeAMessage_isNone(String octets, String why) {
        receiver.receive(octets.replace(" ", ""), CONNECT, CONNECT).fallSilent();

        assertThat(receiver.messages()).as(why).containsExactly(CONNECT, CONNECT);
    }
}
