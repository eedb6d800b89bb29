package io.causeway.codec.v12;

import io.causeway.codec.Requirement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutationTest {
    private static final int DATAGRAMS = 10_000;
    private static final int MAX_MUTATIONS = 4;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @Requirement("W-LEN-03")
    void damagedPacket_isReadAsAnotherOrMalformed(long seed) {
        var random = new Random(seed);
        var generator = new PacketGenerator(seed);
        for (int i = 0; i < DATAGRAMS; i++) {
            byte[] datagram = PacketCodec.encode(generator.next()).toByteArray();
            for (int mutations = 1 + random.nextInt(MAX_MUTATIONS); mutations > 0; mutations--) {
                datagram = damaged(datagram, random);
            }
            checkLaws(datagram, "datagram " + i + " of seed " + seed);
        }
    }

    private static void checkLaws(byte[] datagram, String what) {
        try {
            DecodingLaws.check(datagram);
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(what + ": " + HexFormat.of().formatHex(datagram), broken);
        }
    }

    private static byte[] damaged(byte[] datagram, Random random) {
        if (datagram.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        return switch (random.nextInt(4)) {
            case 0 -> withBitFlipped(datagram, random.nextInt(datagram.length), random);
            case 1 -> withBitFlipped(datagram, random.nextInt(Math.min(4, datagram.length)), random);
            case 2 -> Arrays.copyOf(datagram, random.nextInt(datagram.length));
            default -> Arrays.copyOf(datagram, datagram.length + 1 + random.nextInt(4));
        };
    }

    private static byte[] withBitFlipped(byte[] datagram, int index, Random random) {
        byte[] flipped = datagram.clone();
        flipped[index] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return flipped;
    }
}
