package io.causeway.radio.framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.causeway.radio.framing.Messages.CONNACK;
import static io.causeway.radio.framing.Messages.CONNECT;
import static io.causeway.radio.framing.Messages.FORWARDED;
import static io.causeway.radio.framing.Messages.PINGREQ;
import static io.causeway.radio.framing.Messages.PUBLISH;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every framing has to do. */
class FramingTest {
    private static final List<String> ALL =
            List.of(CONNECT, PUBLISH, PINGREQ, FORWARDED, Messages.longPublish(), CONNECT);

    @ParameterizedTest
    @EnumSource
    void streamInOneRead_isItsMessages(Framing framing) {
        Receiver receiver = new Receiver(framing).receive(onLine(framing, ALL));

        assertThat(receiver.messages()).isEqualTo(ALL);
        assertThat(receiver.decoder.awaitsSilence()).isFalse();
        assertThat(receiver.meter.discardedOctets()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void streamOctetByOctet_isItsMessages(Framing framing) {
        Receiver receiver = new Receiver(framing);
        for (byte octet : Receiver.octets(onLine(framing, ALL))) {
            receiver.receive(new byte[] {octet});
            receiver.pass(Receiver.TIMEOUT.minusNanos(1));
        }

        assertThat(receiver.messages()).isEqualTo(ALL);
    }

    @ParameterizedTest
    @EnumSource
    void streamCutAnywhere_isItsMessages(Framing framing) {
        byte[] stream = Receiver.octets(onLine(framing, ALL));
        for (int cut = 1; cut < stream.length; cut++) {
            Receiver receiver = new Receiver(framing);
            receiver.receive(Arrays.copyOf(stream, cut));
            receiver.receive(Arrays.copyOfRange(stream, cut, stream.length));

            assertThat(receiver.messages()).as("cut behind octet %d", cut).isEqualTo(ALL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void messageCutOff_costsOnlyItself(Framing framing) {
        byte[] whole = Receiver.octets(Receiver.onLine(framing, CONNECT));
        int endOctets = framing == Framing.RAW ? 0 : 1;
        for (int octets = 1; octets < whole.length - endOctets; octets++) {
            Receiver receiver = new Receiver(framing);
            receiver.receive(Arrays.copyOf(whole, octets));
            receiver.fallSilent().receive(Receiver.onLine(framing, PUBLISH));

            assertThat(receiver.messages()).as("%d octets", octets).containsExactly(PUBLISH);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOctetInAPayload_comesThrough(Framing framing) {
        StringBuilder payload = new StringBuilder();
        for (int octet = 0; octet < 256; octet++) {
            payload.append("%02x".formatted(octet));
        }
        String message = "0101090c2000010002" + payload;

        assertThat(new Receiver(framing)
                        .receive(Receiver.onLine(framing, message))
                        .messages())
                .containsExactly(message);
    }

    @ParameterizedTest
    @EnumSource
    void longestPacket_comesThrough_andALongerOneCostsOnlyItself(Framing framing) {
        String longest = publish(Receiver.MAX_PACKET_OCTETS);
        String tooLong = publish(Receiver.MAX_PACKET_OCTETS + 1);

        Receiver receiver = new Receiver(framing)
                .receive(onLine(framing, List.of(longest, tooLong)))
                .fallSilent()
                .receive(Receiver.onLine(framing, CONNECT));

        assertThat(receiver.messages()).containsExactly(longest, CONNECT);
        assertThat(receiver.meter.discardedOctets()).isGreaterThan(Receiver.MAX_PACKET_OCTETS);
    }

    @ParameterizedTest
    @EnumSource
    void bootText_isSkippedWithTheMessagesAroundItUnharmed(Framing framing) {
        String text = text("\r\nets Jan  8 2013,rst cause:4, boot mode:(1,7)\r\n\r\nwdt reset\r\nload 0x40100000\r\n");
        Receiver receiver = new Receiver(framing)
                .receive(Receiver.onLine(framing, CONNECT), text)
                .receive(onLine(framing, List.of(PUBLISH, CONNECT)))
                .fallSilent();

        assertThat(receiver.messages()).containsExactly(CONNECT, PUBLISH, CONNECT);
        assertThat(receiver.meter.discardedOctets()).isEqualTo(text.length() / 2);
        assertThat(receiver.meter.badFrames().values()).containsOnlyOnce(1L).containsOnly(0L, 1L);
    }

    @ParameterizedTest
    @EnumSource
    void ownMessagesComingBack_areDroppedAndCounted(Framing framing) {
        Receiver receiver = new Receiver(framing)
                .receive(onLine(framing, List.of(CONNACK, "05fe001234" + CONNACK, "0813000001000200", PUBLISH)));

        assertThat(receiver.messages()).containsExactly(PUBLISH);
        assertThat(receiver.faults(FrameFault.ECHO)).isEqualTo(3);
        assertThat(receiver.faults(FrameFault.NO_MESSAGE)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void otherEnd_hearsWhatTheGatewaySays(Framing framing) {
        FrameSettings settings =
                new FrameSettings(Sender.GATEWAY, Encapsulation.AUTO, 0, Receiver.MAX_PACKET_OCTETS, Receiver.TIMEOUT);

        Receiver receiver = new Receiver(framing, settings)
                .receive(onLine(framing, List.of(CONNACK, CONNECT, "0500010384", PUBLISH)));

        assertThat(receiver.messages()).containsExactly(CONNACK, "0500010384", PUBLISH);
        assertThat(receiver.faults(FrameFault.ECHO)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"RAW, NEVER", "SLIP, NEVER", "SLIP_CRC, NEVER", "RAW, ALWAYS", "SLIP, ALWAYS", "SLIP_CRC, ALWAYS"})
    void encapsulation_isTakenAsConfigured(Framing framing, Encapsulation encapsulation) {
        FrameSettings settings =
                new FrameSettings(Sender.CLIENT, encapsulation, 0, Receiver.MAX_PACKET_OCTETS, Receiver.TIMEOUT);
        String wanted = encapsulation == Encapsulation.NEVER ? CONNECT : "05fe001234" + CONNECT;
        String other = encapsulation == Encapsulation.NEVER ? "05fe001234" + PINGREQ : CONNECT;

        Receiver receiver = new Receiver(framing, settings)
                .receive(Receiver.onLine(framing, other))
                .fallSilent()
                .receive(Receiver.onLine(framing, wanted));

        assertThat(receiver.messages()).contains(wanted).doesNotContain(other);
    }

    @ParameterizedTest
    @EnumSource
    void reset_forgetsWhatCameBefore(Framing framing) {
        Receiver receiver =
                new Receiver(framing).receive(Receiver.onLine(framing, CONNECT).substring(0, 8));
        receiver.decoder.reset();

        assertThat(receiver.receive(Receiver.onLine(framing, PUBLISH)).messages())
                .containsExactly(PUBLISH);
    }

    /** Noise between messages that are followed by silence costs none of them, whatever it is and however it is cut. */
    @ParameterizedTest
    @EnumSource
    void seededNoise_costsNoMessageThatStandsAlone(Framing framing) {
        Random random = new Random(20261120);
        for (int round = 0; round < 2_000; round++) {
            Receiver receiver = new Receiver(framing);
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            receiver.receive(noise);
            receiver.fallSilent().receive(Receiver.onLine(framing, CONNECT));

            assertThat(receiver.messages()).as("round %d", round).endsWith(CONNECT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void damagedStream_isReadAgainFromTheNextSilence(Framing framing) {
        Random random = new Random(1883);
        for (int round = 0; round < 2_000; round++) {
            Receiver receiver = new Receiver(framing);
            byte[] stream = Receiver.octets(onLine(framing, ALL));
            for (int hit = 0; hit < 5; hit++) {
                stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
            }
            receiveInPieces(receiver, stream, random);
            receiver.fallSilent().receive(Receiver.onLine(framing, PUBLISH));

            assertThat(receiver.messages()).as("round %d", round).endsWith(PUBLISH);
        }
    }

    private static void receiveInPieces(Receiver receiver, byte[] stream, Random random) {
        for (int from = 0; from < stream.length; ) {
            int to = Math.min(stream.length, from + 1 + random.nextInt(40));
            receiver.receive(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
    }

    @ParameterizedTest
    @EnumSource
    void encodedMessage_needsNoMoreThanAnnounced(Framing framing) {
        ByteBuf out = Unpooled.buffer();
        framing.encode(Unpooled.wrappedBuffer(Receiver.octets("c0".repeat(50))), out);

        assertThat(out.readableBytes()).isBetween(50, framing.mostOctets(50));
    }

    @Test
    void timeoutOfARawLine_isTwentyOctetsButNeverBelowThatOfASlowUsbAdapter() {
        assertThat(Framing.RAW.defaultInterOctetTimeout(300)).isBetween(Duration.ofMillis(666), Duration.ofMillis(667));
        assertThat(Framing.RAW.defaultInterOctetTimeout(115_200)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void settingsOutOfRange_areRefused() {
        assertThatThrownBy(() -> new FrameSettings(Sender.CLIENT, Encapsulation.AUTO, 3, 512, Receiver.TIMEOUT))
                .hasMessage("prefixOctets must be 0 to 2: 3");
        assertThatThrownBy(() -> new FrameSettings(Sender.CLIENT, Encapsulation.AUTO, 0, 31, Receiver.TIMEOUT))
                .hasMessage("maxPacketOctets must be 32 to 65535: 31");
        assertThatThrownBy(() -> new FrameSettings(Sender.CLIENT, Encapsulation.AUTO, 0, 512, Duration.ZERO))
                .hasMessage("interOctetTimeout must be above zero: PT0S");
        assertThatThrownBy(() -> new Receiver(
                        Framing.RAW, new FrameSettings(Sender.CLIENT, Encapsulation.AUTO, 2, 512, Receiver.TIMEOUT)))
                .hasMessage("prefix octets need a framing of slip or slip-crc");
    }

    private static String onLine(Framing framing, List<String> messages) {
        List<String> texts = new ArrayList<>();
        messages.forEach(message -> texts.add(Receiver.onLine(framing, message)));
        return String.join("", texts);
    }

    private static String publish(int octets) {
        return "01%04x0c2000010002".formatted(octets) + "11".repeat(octets - 9);
    }

    private static String text(String text) {
        return Receiver.hex(Unpooled.wrappedBuffer(text.getBytes(US_ASCII)));
    }
}
