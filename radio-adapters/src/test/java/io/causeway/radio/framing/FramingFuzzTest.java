package io.causeway.radio.framing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any octets, cut anywhere, against what holds for every line. A build tries the seeds; ten minutes of guided fuzzing are
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl radio-adapters -am test -Dtest=FramingFuzzTest -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class FramingFuzzTest {
    static Stream<Arguments> seeds() {
        return Stream.of(Framing.values())
                .flatMap(framing -> Stream.of(Messages.CONNECT, Messages.FORWARDED, Messages.longPublish())
                        .map(message -> Receiver.onLine(framing, message)))
                .flatMap(stream -> Stream.of(stream, "00ff" + stream + "0d0a" + stream))
                .map(stream -> Arguments.of((Object) Receiver.octets(stream)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m") // Jazzer wants this to be the last annotation
    void anyOctets_areMessagesOrDiscarded_andTheNextMessageIsRead(byte[] octets) {
        for (Framing framing : Framing.values()) {
            tryAll(framing, new Receiver(framing), octets);
            tryAll(framing, Receiver.ofShortPackets(framing), octets);
        }
    }

    private static void tryAll(Framing framing, Receiver receiver, byte[] octets) {
        int cut = octets.length / 3;
        receiver.receive(Arrays.copyOf(octets, cut));
        receiver.receive(Arrays.copyOfRange(octets, cut, octets.length));
        receiver.fallSilent();

        assertThat(receiver.decoder.awaitsSilence()).isFalse();
        assertThat(receiver.messages())
                .allSatisfy(message -> assertThat(isMessage(message)).isTrue());
        if (framing == Framing.RAW) {
            long taken = receiver.messages().stream()
                    .mapToLong(message -> message.length() / 2)
                    .sum();
            assertThat(taken + receiver.meter.discardedOctets()).isEqualTo(octets.length);
        }
        receiver.receive(Receiver.onLine(framing, Messages.CONNECT));
        assertThat(receiver.messages()).endsWith(Messages.CONNECT);
    }

    private static boolean isMessage(String message) {
        byte[] octets = Receiver.octets(message);
        return new MessageShape(Sender.CLIENT, Encapsulation.AUTO, Receiver.MAX_PACKET_OCTETS)
                        .octetsAt(Unpooled.wrappedBuffer(octets), 0)
                == octets.length;
    }
}
