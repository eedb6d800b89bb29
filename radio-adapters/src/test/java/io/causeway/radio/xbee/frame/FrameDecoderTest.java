package io.causeway.radio.xbee.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.causeway.radio.xbee.frame.ApiMode.ESCAPED;
import static io.causeway.radio.xbee.frame.ApiMode.UNESCAPED;
import static io.causeway.radio.xbee.frame.Frames.hex;
import static org.assertj.core.api.Assertions.assertThat;

class FrameDecoderTest {
    private static final String JOINED = "7E 00 02 8A 02 73";
    private static final ModemStatus IS_JOINED = new ModemStatus(2);

    @ParameterizedTest
    @EnumSource
    void twoFramesInOneRead_areBothRead(ApiMode mode) {
        assertThat(Line.fromRadio(mode).receive(JOINED, JOINED).frames).containsExactly(IS_JOINED, IS_JOINED);
    }

    @ParameterizedTest
    @EnumSource
    void octetsOutsideFrames_areCountedAndSkipped(ApiMode mode) {
        Line line = Line.fromRadio(mode).receive("00 FF 0D", JOINED, "4F 4B 0D", JOINED);

        assertThat(line.frames).containsExactly(IS_JOINED, IS_JOINED);
        assertThat(line.errors()).isEqualTo(new FrameErrors(0, 0, 0, 0, 6, 0, 0));
    }

    @Test
    void frameCutByTheStartOfAnother_costsOnlyItself() {
        Line line = Line.fromRadio(ESCAPED).receive("7E 00 02 8A", JOINED);

        assertThat(line.frames).containsExactly(IS_JOINED);
        assertThat(line.errors()).isEqualTo(new FrameErrors(0, 0, 1, 0, 0, 0, 0));
    }

    @Test
    void escapeBeforeADelimiter_isABrokenFrameAndANewStart() {
        Line line = Line.fromRadio(ESCAPED).receive("7E 00 02 7D", JOINED);

        assertThat(line.frames).containsExactly(IS_JOINED);
        assertThat(line.errors().falseStarts()).isEqualTo(1);
    }

    @Test
    void escapeAsTheLastOctetOfARead_holdsForTheNext() {
        Line line = Line.fromRadio(ESCAPED).receive("7E 00 06 88 02 41 50 00 7D");

        assertThat(line.receive("31 D3").frames).containsExactly(new AtResponse(2, "AP", 0, hex("11")));
    }

    @Test
    void falseStartWithoutEscapes_swallowsNoFrame() {
        Line line = Line.fromRadio(UNESCAPED).receive("7E FF FF", JOINED, "7E", JOINED, "7E 00 04 08 01 41", JOINED);

        assertThat(line.frames).containsExactly(IS_JOINED, IS_JOINED, IS_JOINED);
        assertThat(line.errors().impossibleLengths()).isEqualTo(2); // FFFF, and 7E00 of the lone delimiter
        assertThat(line.errors().falseStarts()).isEqualTo(1); // a type that only a host sends
    }

    @Test
    void wrongChecksumWithoutEscapes_givesBackWhatTheFalseStartHasSwallowed() {
        Line line = Line.fromRadio(UNESCAPED).receive("7E 00 0C 90", JOINED, JOINED);

        assertThat(line.frames).containsExactly(IS_JOINED, IS_JOINED);
        assertThat(line.errors().badChecksums()).isEqualTo(1);
    }

    @Test
    void delimiterAsDataWithoutEscapes_isData() {
        Line line = Line.fromRadio(UNESCAPED).receive("7E 00 09 88 07 53 4C 00 40 B1 7E 11 51", JOINED);

        assertThat(line.frames).containsExactly(new AtResponse(7, "SL", 0, hex("40B17E11")), IS_JOINED);
        assertThat(line.errors()).isEqualTo(FrameErrors.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void wrongChecksum_costsTheFrame(ApiMode mode) {
        Line line = Line.fromRadio(mode).receive("7E 00 02 8A 02 74", JOINED);

        assertThat(line.frames).containsExactly(IS_JOINED);
        assertThat(line.errors().badChecksums()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void lengthThatNoFrameHas_isNoStart(ApiMode mode) {
        Line line = Line.fromRadio(mode).receive("7E 00 00 FF", "7E 02 01 8A", JOINED);

        assertThat(line.frames).containsExactly(IS_JOINED);
        assertThat(line.errors().impossibleLengths()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void frameOfTheGreatestLength_isRead(ApiMode mode) {
        ReceivePacket longest = new ReceivePacket(1, 2, 3, hex("AB".repeat(500)));

        assertThat(Line.fromRadio(mode).receive(mode.encode(longest)).frames).containsExactly(longest);
    }

    @ParameterizedTest
    @EnumSource
    void unknownType_isCountedAndSkipped(ApiMode mode) {
        Line line = Line.fromRadio(mode).receive("7E 00 02 A1 00 5E", JOINED);

        assertThat(line.frames).containsExactly(IS_JOINED);
        assertThat(line.errors()).isEqualTo(new FrameErrors(0, 0, 0, 0, 0, 1, 0));
    }

    @ParameterizedTest
    @EnumSource
    void frameTooShortForItsType_isMalformed(ApiMode mode) {
        Line line = Line.fromRadio(mode).receive(Frames.onLine(mode, hex("8B", "31")));

        assertThat(line.receive(JOINED).frames).containsExactly(IS_JOINED);
        assertThat(line.errors().malformed()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void frameThatStopsComing_isGivenUp(ApiMode mode) {
        Line line = Line.fromRadio(mode).receive("7E 00 10 90 00");
        line.pass(100);
        assertThat(line.errors().timedOut()).isZero();

        line.pass(1);
        assertThat(line.errors().timedOut()).isEqualTo(1);
        assertThat(line.receive(JOINED).frames).containsExactly(IS_JOINED);
    }

    @ParameterizedTest
    @EnumSource
    void slowFrame_isRead(ApiMode mode) {
        Line line = Line.fromRadio(mode).receive("7E 00 02");
        line.pass(90);
        line.receive("8A");
        line.pass(90);

        assertThat(line.receive("02 73").frames).containsExactly(IS_JOINED);
    }

    @Test
    void falseStartThatStopsComing_givesBackWhatItHasSwallowed() {
        Line line = Line.fromRadio(UNESCAPED).receive("7E 01 00 90", JOINED);
        assertThat(line.frames).isEmpty();

        line.pass(101);
        assertThat(line.frames).containsExactly(IS_JOINED);
        assertThat(line.errors().timedOut()).isEqualTo(1);
    }

    /** Anything may happen to a stream; two good frames with silence before them are read all the same. */
    @ParameterizedTest
    @EnumSource
    void anyDamage_costsNoLaterFrame(ApiMode mode) {
        List<FrameVector> vectors =
                FrameVector.all().stream().filter(FrameVector::isFromRadio).toList();
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Line line = Line.fromRadio(mode);
            for (int i = 0; i < 10; i++) {
                line.receive(damaged(vectors.get(random.nextInt(vectors.size())).in(mode), random));
            }
            line.pass(101);
            int before = line.frames.size();
            line.receive(JOINED, JOINED);

            assertThat(line.frames.subList(before, line.frames.size()))
                    .as("seed %d", seed)
                    .containsExactly(IS_JOINED, IS_JOINED);
        }
    }

    private static Octets damaged(Octets frame, Random random) {
        List<Byte> octets = new ArrayList<>();
        for (int i = 0; i < frame.length(); i++) {
            octets.add((byte) frame.at(i));
        }
        int at = random.nextInt(octets.size());
        switch (random.nextInt(4)) {
            case 0 -> octets.set(at, (byte) random.nextInt());
            case 1 -> octets.remove(at);
            case 2 -> octets.add(at, (byte) 0x7E);
            default -> octets.subList(at, octets.size()).clear();
        }
        byte[] result = new byte[octets.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = octets.get(i);
        }
        return Octets.of(result);
    }

    @ParameterizedTest
    @EnumSource(ApiMode.class)
    void octetsHandedOverLate_areNoPause(ApiMode mode) {
        Line line = Line.fromRadio(mode).receive("7E 00 02");
        line.nowNanos += 150_000_000;
        line.receive("8A 02 73");

        assertThat(line.frames).containsExactly(IS_JOINED);
    }
}
