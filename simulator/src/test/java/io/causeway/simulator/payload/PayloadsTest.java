package io.causeway.simulator.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.causeway.codec.Octets;
import io.causeway.simulator.scenario.PayloadTemplate;
import io.causeway.simulator.scenario.PayloadTemplate.Content;
import io.causeway.simulator.scenario.PayloadTemplate.Format;
import io.causeway.simulator.scenario.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class PayloadsTest {
    private static final Stamp STAMP = new Stamp(0xF00BA123_0000_0007L, 9_999, 123_456, -42_000_000_000_000L);

    private final Random random = new Random(1);

    @ParameterizedTest
    @EnumSource
    void writtenInAnyFormat_isFoundAgain(Format format) {
        PayloadWriter writer = writer(format, Content.RANDOM_WALK, 0, 300);

        for (int round = 0; round < 2_000; round++) {
            Stamp stamp = new Stamp(
                    random.nextLong() >>> random.nextInt(64),
                    random.nextInt(Stamp.MAX_STREAM) >>> random.nextInt(24),
                    random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31),
                    random.nextLong());
            assertThat(Stamps.find(writer.write(stamp).toByteArray())).contains(new Stamped(stamp, true));
        }
    }

    @ParameterizedTest
    @EnumSource
    void extremeNumbers_areFoundAgain(Format format) {
        PayloadWriter writer = writer(format, Content.COUNTER, 0, 0);

        for (Stamp stamp : List.of(
                new Stamp(-1, Stamp.MAX_STREAM, Integer.MAX_VALUE, Long.MIN_VALUE),
                new Stamp(Long.MIN_VALUE, 0, 0, Long.MAX_VALUE),
                new Stamp(0, 0, 0, 0))) {
            assertThat(Stamps.find(writer.write(stamp).toByteArray())).contains(new Stamped(stamp, true));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sizeAsked_isTheSizeWritten(Format format) {
        for (int octets = 120; octets < 700; octets++) {
            int written = written(format, Content.COUNTER, octets).length;
            assertThat(written).isCloseTo(octets, within(format == Format.CBOR ? 1 : 0));
        }
    }

    @Test
    void cbor_isOneOctetShortAtTwoSizesOnly() {
        List<Integer> tooShort = new ArrayList<>();
        int least = written(Format.CBOR, Content.COUNTER, 0).length;
        for (int octets = least; octets < 700; octets++) {
            if (written(Format.CBOR, Content.COUNTER, octets).length != octets) {
                tooShort.add(octets);
            }
        }

        assertThat(tooShort).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void tooSmallForItsStamp_isAsLongAsItNeeds(Format format) {
        assertThat(written(format, Content.COUNTER, 0).length).isBetween(32, 110);
    }

    @Test
    void sizesOfASpan_areAllUsed() {
        PayloadWriter writer = writer(Format.OCTETS, Content.COUNTER, 40, 44);

        assertThat(random.ints(200).map(any -> writer.write(STAMP).length()).distinct())
                .containsExactlyInAnyOrder(40, 41, 42, 43, 44);
    }

    @Test
    void json_isAnObjectThatPeopleCanRead() {
        Octets payload = writer(Format.JSON, Content.COUNTER, 120, 120).write(new Stamp(0x1F, 17, 42, 123));

        assertThat(payload.toUtf8())
                .matches("\\{\"id\":\"cw-[0-9a-f]{8}-000000000000001f-17-42\",\"t\":123,\"value\":42.0,"
                        + "\"pad\":\"\\.{47}\"}");
    }

    @Test
    void text_isWords() {
        Octets payload = writer(Format.TEXT, Content.COUNTER, 50, 50).write(new Stamp(0x1F, 17, 42, 123));

        assertThat(payload.toUtf8()).matches("cw-[0-9a-f]{8}-000000000000001f-17-42 123 42\\.0 \\.{6}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 70, 100, 400, 2_000})
    void jsonAndCbor_areWellFormedToTheirEnd(int octets) throws IOException {
        byte[] json = written(Format.JSON, Content.RANDOM_WALK, octets);
        byte[] cbor = written(Format.CBOR, Content.RANDOM_WALK, octets);

        assertThat(read(new JsonFactory().createParser(json))).isEqualTo(json.length);
        assertThat(read(new CBORFactory().createParser(cbor))).isEqualTo(cbor.length);
    }

    /** Of octets that were read without complaint. */
    private static long read(JsonParser parser) throws IOException {
        try (parser) {
            while (parser.nextToken() != null) {
                parser.getText();
            }
            return parser.currentLocation().getByteOffset();
        }
    }

    @Test
    void randomWalk_staysNearAndMoves() {
        PayloadWriter writer = writer(Format.TEXT, Content.RANDOM_WALK, 0, 0);

        assertThat(random.ints(50).mapToObj(any -> writer.write(STAMP).toUtf8().split(" ", -1)[2]))
                .allMatch(value -> Math.abs(Double.parseDouble(value) - 20) < 5)
                .anyMatch(value -> !value.equals("20.0"));
    }

    @Test
    void noise_hasNoIntactStamp() {
        byte[] firstOctets = {(byte) 0xCA, 'c', '{', (byte) 0xBF};
        for (int round = 0; round < 40_000; round++) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            if (noise.length > 0) {
                noise[0] = firstOctets[round % firstOctets.length];
            }
            assertThat(Stamps.find(noise).filter(Stamped::isIntact)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void damaged_isNotIntact(Format format) {
        byte[] intact = written(format, Content.COUNTER, 100);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = Arrays.copyOf(intact, random.nextInt(intact.length) + 1);
            for (int hit = random.nextInt(4); hit >= 0; hit--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertThat(Stamps.find(damaged).filter(Stamped::isIntact))
                    .satisfiesAnyOf(
                            found -> assertThat(found).isEmpty(),
                            found -> assertThat(damaged).isEqualTo(intact));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c",
                "cw-",
                "cw- ",
                "cw-5e1f00d5-1-2-3",
                "cw-5e1f00d5-1-2-3 4",
                "cw-1-2-3 4 5",
                "cw-5e1f00d5-12 4 5",
                "cw-5e1f00d5-1-2 4 5",
                "cw-5e1f00d5-1-2- 4 5",
                "cw-5e1f00d5-1--2 4 5",
                "cw-5e1f00d5-1--2-3 4 5",
                "cw-5e1f00d5-1-2--3 4 5",
                "cw-5e1f00d5-1-16777216-3 4 5",
                "cw-5e1f00d5-1-2-2147483648 4 5",
                "cw-5e1f00d5-1-4294967295-3 4 5",
                "cw-5e1f00d5-12345678901234567-2-3 4 5",
                "cw-5e1f00-1-2-3 4 5",
                "cw-5e1f00dx-1-2-3 4 5",
                "cw-5e1f00d5-1-2-3 t 5",
                "cold: 12 degrees",
                "{}",
                "{\"id\":17}",
                "{\"id\":\"cw-5e1f00d5-1-2-3\"}",
                "{\"id\":\"cw-5e1f00d5-1-2-3\",\"t\":\"4\"}",
                "{\"id\":\"cw-5e1f00d5-1-2-3\",\"t\":1e400}",
                "{\"id\":\"cw-5e1f00d5-1-2-3\",\"t\":99999999999999999999}",
                "{\"id\":\"sensor\",\"t\":4}",
                "{\"t\":4,\"id\":\"cw-5e1f00d5-1-2-3\"}",
            })
    void payloadsOfOthers_haveNoStamp(String payload) {
        assertThat(Stamps.find(payload.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void damagedBehindItsStamp_isFoundAndToldSo(Format format) {
        byte[] intact = written(format, Content.COUNTER, 200);
        byte[] damaged = intact.clone();
        damaged[150] ^= 1;
        byte[] longer = Arrays.copyOf(intact, 201);

        assertThat(Stamps.find(damaged)).contains(new Stamped(STAMP, false));
        assertThat(Stamps.find(longer)).contains(new Stamped(STAMP, false));
        assertThat(Stamps.find(Arrays.copyOf(intact, 199))).contains(new Stamped(STAMP, false));
    }

    @Test
    void negativeNumbers_areNoStamp() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Stamp(1, -1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stamp(1, 0, -1, 0));
        byte[] negative = written(Format.OCTETS, Content.COUNTER, 0);
        negative[12] = (byte) 0x80;
        assertThat(Stamps.find(negative)).isEmpty();
    }

    private byte[] written(Format format, Content content, int octets) {
        return writer(format, content, octets, octets).write(STAMP).toByteArray();
    }

    private PayloadWriter writer(Format format, Content content, int least, int most) {
        return new PayloadWriter(new PayloadTemplate(format, content, new Span<>(least, most)), random);
    }
}
