package io.causeway.simulator.payload;

import io.causeway.codec.Octets;
import io.causeway.simulator.scenario.PayloadTemplate;
import io.causeway.simulator.scenario.Span;
import java.util.random.RandomGenerator;

/** Writes the payloads of one stream. Owned by the thread of the run. */
public final class PayloadWriter {
    private static final double FIRST_VALUE = 20;
    private static final double STEP_DEVIATION = 0.1;
    /** Of the values of a random walk, as a sensor would round them. */
    private static final double PER_UNIT = 100;

    private final PayloadTemplate template;
    private final RandomGenerator random;
    private final Layout layout;
    private double walked = FIRST_VALUE;

    /** @param random decides on sizes and steps */
    public PayloadWriter(PayloadTemplate template, RandomGenerator random) {
        this.template = template;
        this.random = random;
        this.layout = Layout.of(template.format());
    }

    /** The payload of the message with that stamp. */
    public Octets write(Stamp stamp) {
        return Octets.of(layout.write(stamp, value(stamp), octets()));
    }

    private double value(Stamp stamp) {
        return switch (template.content()) {
            case COUNTER -> stamp.sequence();
            case RANDOM_WALK -> {
                walked += random.nextGaussian() * STEP_DEVIATION;
                yield Math.round(walked * PER_UNIT) / PER_UNIT;
            }
        };
    }

    private int octets() {
        Span<Integer> octets = template.octets();
        return octets.least().equals(octets.most())
                ? octets.least()
                : random.nextInt(octets.least(), octets.most() + 1);
    }
}
