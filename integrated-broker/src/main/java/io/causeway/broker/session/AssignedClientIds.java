package io.causeway.broker.session;

import java.util.random.RandomGenerator;

/**
 * Client ids for those who connect without one (MQTT 5 §3.1.3.1), so long and random that nobody can guess another's.
 * As safe for many threads as its source of randomness.
 */
public final class AssignedClientIds {
    private final RandomGenerator random;

    /** @param random unpredictable, and safe for many threads */
    public AssignedClientIds(RandomGenerator random) {
        this.random = random;
    }

    public String next() {
        return "auto-%016x%016x".formatted(random.nextLong(), random.nextLong());
    }
}
