package io.causeway.radio.xbee.frame;

import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameVectorsTest {
    static Stream<Arguments> vectors() {
        return FrameVector.all().stream()
                .flatMap(vector -> Stream.of(ApiMode.values()).map(mode -> Arguments.of(vector, mode)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void vector_isReadAndWrittenBackTheSame(FrameVector vector, ApiMode mode) {
        Line line = new Line(mode, vector.isFromRadio()).receive(vector.in(mode));

        assertThat(line.frames).hasSize(1);
        assertThat(line.errors()).isEqualTo(FrameErrors.NONE);
        assertThat(Octets.read(mode.encode(line.frames.get(0)))).isEqualTo(vector.in(mode));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void vectorInSingleOctets_isReadAsWell(FrameVector vector, ApiMode mode) {
        Line line = new Line(mode, vector.isFromRadio());
        for (int i = 0; i < vector.in(mode).length(); i++) {
            line.receive(
                    Unpooled.wrappedBuffer(new byte[] {(byte) vector.in(mode).at(i)}));
        }

        assertThat(line.frames).hasSize(1);
        assertThat(line.errors()).isEqualTo(FrameErrors.NONE);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void vectorCutShort_isMalformedOrOfItsTypeStill(FrameVector vector, ApiMode mode) {
        int length = vector.unescaped().length() - 4;
        for (int octets = 1; octets < length; octets++) {
            Line line = new Line(mode, vector.isFromRadio());
            line.receive(Frames.onLine(mode, Frames.slice(vector.unescaped(), 3, octets)));

            assertThat(line.frames.size() + line.errors().malformed()).isEqualTo(1);
        }
    }

    @Test
    void everyTypeIsAmongThem() {
        List<Integer> types = FrameVector.all().stream()
                .map(vector -> vector.unescaped().at(3))
                .distinct()
                .sorted()
                .toList();

        assertThat(types)
                .containsExactly(
                        0x00, 0x01, 0x08, 0x09, 0x10, 0x11, 0x17, 0x80, 0x81, 0x88, 0x89, 0x8A, 0x8B, 0x90, 0x91, 0x95,
                        0x97);
    }
}
