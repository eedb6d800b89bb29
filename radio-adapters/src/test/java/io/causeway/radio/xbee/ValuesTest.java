package io.causeway.radio.xbee;

import io.causeway.radio.xbee.frame.ApiMode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"0013a20040a1b2c3", "1234", "0000000000000001", "0000", "fffb"})
    void address_isFoundAgain(String stored) {
        assertThat(XBeeAddress.parse(stored)).hasValueSatisfying(address -> {
            assertThat(address.storedForm()).isEqualTo(stored);
            assertThat(address).hasToString(stored);
            assertThat(address.admissionKey()).isEqualTo(address);
            assertThat(XBeeAddress.of(address.octets())).contains(address);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "123",
                "12345",
                "0013a20040a1b2cx",
                "xxxx",
                "192.168.0.1:1883",
                "000000000000ffff",
                "ffffffffffffffff",
                "fffc",
                "fffe",
                "ffff"
            })
    void otherText_isTheAddressOfNoNode(String text) {
        assertThat(XBeeAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0x1746, 0x10E8, IEEE_802_15_4",
        "0x1842, 0x8067, DIGIMESH",
        "0x1940, 0x21A7, ZIGBEE",
        "0x1E46, 0x2370, ZIGBEE",
        "0x2146, 0x2003, IEEE_802_15_4",
        "0x2246, 0x9002, DIGIMESH",
        "0x2E46, 0x4061, ZIGBEE",
        "0x4146, 0x2010, IEEE_802_15_4",
        "0x4146, 0x3010, DIGIMESH",
        "0x4246, 0x100D, ZIGBEE",
        "0x9946, 0x3010, ZIGBEE",
        "0, 0, ZIGBEE"
    })
    void hardwareAndFirmware_tellTheFamily(String hv, String vr, Family family) {
        assertThat(Family.of(Integer.decode(hv), Integer.decode(vr))).isEqualTo(family);
    }

    @ParameterizedTest
    @CsvSource({
        "0x4061, 84, false, 84",
        "0x4061, 255, false, 84",
        "0x4061, 255, true, 255",
        "0x4061, 0, true, 84",
        "0x9002, 0, false, 73",
        "0x9002, 256, false, 256",
        "0x2003, 0, false, 100",
        "0x2003, 116, false, 116"
    })
    void payload_isWhatTheRadioTellsOrItsFamilyTakes(String vr, long np, boolean fragmentation, int octets) {
        assertThat(radio(0x2E46, Integer.decode(vr), "NP", np).payloadOctets(fragmentation))
                .isEqualTo(octets);
    }

    @Test
    void timeOut_isTheWorstCaseOfTheNetwork() {
        RadioIdentity zigbee = radio(0x2E46, 0x4061, "SP", 1_000);
        assertThat(zigbee.statusTimeOutNanos(false))
                .isEqualTo(Duration.ofMillis(4_800 + 500).toNanos());
        assertThat(zigbee.statusTimeOutNanos(true))
                .isEqualTo(Duration.ofSeconds(41).toNanos());
        assertThat(radio(0x1746, 0x10E8, "SP", 0).statusTimeOutNanos(false))
                .isEqualTo(Duration.ofMillis(950).toNanos());
    }

    @Test
    void radio_isDescribedInALine() {
        RadioIdentity radio = new RadioIdentity(
                Map.of(
                        "HV",
                        0x2E46L,
                        "VR",
                        0x4061L,
                        "SH",
                        0x13A200L,
                        "SL",
                        0x40B17E11L,
                        "NP",
                        84L,
                        "ID",
                        0x1234L,
                        "CH",
                        12L,
                        "MY",
                        0L),
                ApiMode.ESCAPED,
                115_200);
        assertThat(radio)
                .hasToString("XBee Zigbee 0013a20040b17e11, hardware 2E46, firmware 4061, channel C, network 1234,"
                        + " 16-bit address 0, API mode 2, 115200 baud, NP 84");
    }

    private static RadioIdentity radio(long hv, long vr, String command, long value) {
        return new RadioIdentity(Map.of("HV", hv, "VR", vr, command, value), ApiMode.ESCAPED, 115_200);
    }

    @Test
    void frameIds_skipZeroAndThoseInUse() {
        FrameIds ids = new FrameIds();
        for (int i = 1; i <= 255; i++) {
            assertThat(ids.take()).isEqualTo(i);
        }
        assertThatThrownBy(ids::take).isInstanceOf(IllegalStateException.class);

        ids.free(3);
        ids.free(200);
        assertThat(ids.take()).isEqualTo(3);
        assertThat(ids.take()).isEqualTo(200);
    }

    @Test
    void refusedLength_lowersByStepsThatMakeSense() {
        assertThat(Family.ZIGBEE.octetsBelow(255)).isEqualTo(84);
        assertThat(Family.ZIGBEE.octetsBelow(84)).isEqualTo(66);
        assertThat(Family.ZIGBEE.octetsBelow(66)).isEqualTo(65);
        assertThat(Family.DIGIMESH.octetsBelow(73)).isEqualTo(65);
        assertThat(Family.IEEE_802_15_4.octetsBelow(1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9})
    void windowOutOfRange_isRefused(int window) {
        XBeeSettings settings = Bench.SETTINGS;
        assertThatThrownBy(() -> new XBeeSettings(
                        settings.line(), false, settings.apiMode(), false, window, 84, false, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window must be 1 to 8: " + window);
    }
}
