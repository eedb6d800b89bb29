package io.causeway.radio.xbee;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RadioProbeTest {
    private final RealTimeBench bench = new RealTimeBench();

    private String ask(Duration patience) {
        return RadioProbe.ask(bench.radio, Bench.SETTINGS, bench.loop, patience);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void radio_isDescribed() {
        bench.radio.ap = 1;
        bench.radio.set("AI", 0x21, 1);

        assertThat(ask(Duration.ofSeconds(10)))
                .isEqualTo("XBee Zigbee 0013a20040b17e11, hardware 2E46, firmware 4061, channel C, network 1234,"
                        + " 16-bit address 0, API mode 1, 115200 baud, NP 84, in no network: it finds no network"
                        + " (AI=21)");
        assertThat(bench.radio.isUp).isFalse();
    }

    @Test
    void lineWithoutARadio_isGivenUpInTime() {
        bench.radio.isSilent = true;

        assertThat(ask(Duration.ofSeconds(1))).isEqualTo("no XBee radio answers within 1 s");
    }
}
