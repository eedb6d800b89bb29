package io.causeway.radio;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinkMeterTest {
    @Test
    void everyCount_isReadUnderItsOwnName() {
        LinkMeter meter = new LinkMeter();
        meter.received(10);
        repeat(2, meter::receiveFailed);
        repeat(3, () -> meter.sent(5));
        repeat(4, meter::sendFailed);
        repeat(5, meter::sendOverflowed);
        repeat(6, meter::oversized);
        repeat(7, meter::listenerFailed);

        assertThat(meter.read(8)).isEqualTo(new LinkCounters(1, 10, 2, 3, 15, 4, 5, 6, 7, 8));
    }

    private static void repeat(int times, Runnable count) {
        for (int i = 0; i < times; i++) {
            count.run();
        }
    }
}
