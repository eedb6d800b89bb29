package io.causeway.bridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AnnouncingOutputTest {
    private static final String SHORT = "10 0d 0004 4d515454 %s 02 003c 0001 61";
    private static final String LONG = "10 d201 0004 4d515454 %s 02 003c 00c6" + " 61".repeat(198);
    private static final String PUBLISH = " 30 0d 0001 61 0404040404040404 0404";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9, 1_000})
    void protocolLevelOfConnect_hasTheBitAndNothingElseIsChanged(int octetsAtOnce) throws IOException {
        for (String connect : new String[] {SHORT, LONG}) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            AnnouncingOutput output = new AnnouncingOutput(wire);
            byte[] written = octets(connect.formatted("04") + PUBLISH);

            for (int at = 0; at < written.length; at += octetsAtOnce) {
                output.write(written, at, Math.min(octetsAtOnce, written.length - at));
            }

            assertThat(wire.toByteArray()).isEqualTo(octets(connect.formatted("84") + PUBLISH));
        }
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
