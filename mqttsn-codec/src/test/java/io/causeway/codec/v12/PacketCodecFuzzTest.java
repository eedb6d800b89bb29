package io.causeway.codec.v12;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.causeway.codec.Octets;
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
    /** All vectors, each also in the long form, which a fuzzer is slow to find out about. */
    static Stream<Arguments> seeds() {
        return Stream.of("v1.2-valid.jsonl", "v1.2-invalid.jsonl")
                .flatMap(file -> Vector.load(file).stream())
                .map(Vector::datagram)
                .flatMap(datagram -> Stream.of(datagram, inLongForm(datagram)))
                .map(datagram -> Arguments.of((Object) datagram.toByteArray()));
    }

    private static Octets inLongForm(Octets datagram) {
        if (datagram.isEmpty()) {
            return datagram;
        }
        int length = Byte.toUnsignedInt(datagram.at(0));
        return Wire.datagram(
                "01", "%04x".formatted(length + 2), datagram.toHex().substring(2));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m") // Jazzer wants this to be the last annotation
    void anyDatagram_keepsTheLaws(byte[] datagram) {
        DecodingLaws.check(datagram);
    }
}
