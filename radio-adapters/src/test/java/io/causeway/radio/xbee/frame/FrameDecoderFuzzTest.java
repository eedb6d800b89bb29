package io.causeway.radio.xbee.frame;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any octets from a line. A build tries the vectors, and what {@code
 * src/test/resources/.../FrameDecoderFuzzTestInputs} has of earlier findings; ten minutes of guided fuzzing are
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl radio-adapters test -Dtest=FrameDecoderFuzzTest</pre>
 */
class FrameDecoderFuzzTest {
    static Stream<Arguments> seeds() {
        return FrameVector.all().stream()
                .flatMap(vector -> Stream.of(vector.unescaped(), vector.escaped()))
                .map(FrameDecoderFuzzTest::array)
                .map(octets -> Arguments.of((Object) octets));
    }

    private static byte[] array(Octets octets) {
        ByteBuf buffer = Unpooled.buffer(octets.length(), octets.length());
        octets.writeTo(buffer);
        return buffer.array();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m") // Jazzer wants this to be the last annotation
    void anyOctets_keepTheLaws(byte[] octets) {
        for (ApiMode mode : ApiMode.values()) {
            keepsTheLaws(octets, new Line(mode, true), new Line(mode, true), mode);
            keepsTheLaws(octets, new Line(mode, false), new Line(mode, false), mode);
        }
    }

    /** How octets are cut makes no difference, no octet is taken for two frames, and what was read can be written. */
    private static void keepsTheLaws(byte[] octets, Line whole, Line cut, ApiMode mode) {
        whole.receive(Unpooled.wrappedBuffer(octets));
        for (byte octet : octets) {
            cut.receive(Unpooled.wrappedBuffer(new byte[] {octet}));
        }
        assertThat(cut.frames).isEqualTo(whole.frames);
        assertThat(cut.errors()).isEqualTo(whole.errors());

        int written = 0;
        for (ApiFrame frame : whole.frames) {
            written += ApiMode.UNESCAPED.encode(frame).readableBytes();
            Line again = new Line(mode, frame instanceof RadioFrame).receive(mode.encode(frame));
            assertThat(again.frames).containsExactly(frame);
        }
        assertThat(written + whole.errors().outsideOctets()).isLessThanOrEqualTo(octets.length);
    }
}
