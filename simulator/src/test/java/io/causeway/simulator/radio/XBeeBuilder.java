package io.causeway.simulator.radio;

import java.time.Duration;

/** Conditions of a network on which nothing happens, but for what a test wants. */
final class XBeeBuilder {
    Family family = Family.ZIGBEE;
    int ap = 2;
    int largestPayloadOctets = 84;
    AirConditions air = new AirConditions(250_000, Duration.ofMillis(10), 0, 0);
    int buffers = 4;
    double failedStatuses;
    double lostStatuses;
    Duration polling = Duration.ZERO;
    Duration rejoining = Duration.ZERO;
    Duration resetting = Duration.ZERO;
    boolean isAtAnotherRate;

    XBeeBuilder family(Family newFamily) {
        family = newFamily;
        return this;
    }

    XBeeBuilder ap(int newAp) {
        ap = newAp;
        return this;
    }

    XBeeBuilder air(AirConditions newAir) {
        air = newAir;
        return this;
    }

    XBeeBuilder loss(double loss) {
        air = new AirConditions(air.bitsPerSecond(), air.latency(), loss, air.duplication());
        return this;
    }

    XBeeBuilder duplication(double duplication) {
        air = new AirConditions(air.bitsPerSecond(), air.latency(), air.loss(), duplication);
        return this;
    }

    XBeeBuilder failedStatuses(double share) {
        failedStatuses = share;
        return this;
    }

    XBeeBuilder lostStatuses(double share) {
        lostStatuses = share;
        return this;
    }

    XBeeBuilder polling(Duration period) {
        polling = period;
        return this;
    }

    XBeeBuilder rejoining(Duration every) {
        rejoining = every;
        return this;
    }

    XBeeBuilder resetting(Duration every) {
        resetting = every;
        return this;
    }

    XBeeBuilder atAnotherRate() {
        isAtAnotherRate = true;
        return this;
    }

    XBeeConditions build() {
        return new XBeeConditions(
                family,
                ap,
                largestPayloadOctets,
                air,
                buffers,
                failedStatuses,
                lostStatuses,
                polling,
                rejoining,
                resetting,
                isAtAnotherRate);
    }
}
