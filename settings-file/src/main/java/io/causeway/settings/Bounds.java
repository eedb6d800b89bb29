package io.causeway.settings;

/**
 * The least and the most that a setting may be, both included.
 *
 * @param least the smallest allowed value
 * @param most the largest allowed value
 */
public record Bounds<T extends Comparable<? super T>>(T least, T most) {
    public Bounds {
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException(least + " is above " + most);
        }
    }

    public boolean contain(T value) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /** @throws IllegalArgumentException if the value is out of bounds: a bug of the caller */
    public void require(String name, T value) {
        if (!contain(value)) {
            throw new IllegalArgumentException(name + " " + value + " is not within " + least + " to " + most);
        }
    }
}
