package io.causeway.codec.v12;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any datagram against the laws of decoding. A build tries the vectors and what {@code
 * src/test/resources/.../PacketCodecFuzzTestInputs} has of earlier findings; ten minutes of guided fuzzing, which
 * starts from the same and adds to those files what it finds, are
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl mqttsn-codec test -Dtest=PacketCodecFuzzTest</pre>
 *
 * <p>What it learns is kept in {@code .cifuzz-corpus} for the next time.
 */
class PacketCodecFuzzTest {
    static Stream<Arguments> seeds() {
        return Stream.of("v1.2-valid.jsonl", "v1.2-invalid.jsonl")
                .flatMap(file -> Vector.load(file).stream())
                .map(vector -> Arguments.of((Object) vector.datagram().toByteArray()));
    }

    @FuzzTest(maxDuration = "10m")
    @MethodSource("seeds")
    void anyDatagram_keepsTheLaws(byte[] datagram) {
        DecodingLaws.check(datagram);
    }
}
