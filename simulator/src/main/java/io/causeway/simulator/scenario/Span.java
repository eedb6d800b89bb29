package io.causeway.simulator.scenario;

/**
 * From one value to another, both included, each as likely as any.
 *
 * @param least not above {@code most}
 * @param most  not below {@code least}
 */
public record Span<T extends Comparable<? super T>>(T least, T most) {
    /** @throws IllegalArgumentException if there is nothing between them */
    public Span {
        Require.that(least.compareTo(most) <= 0, least + " is above " + most);
    }
}
