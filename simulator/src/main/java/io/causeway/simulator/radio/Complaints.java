package io.causeway.simulator.radio;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a gateway does that it must not do: each thing once, with its first case. Owned by the thread of the run. */
final class Complaints {
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private final long beganNanos;

    Complaints(long nowNanos) {
        this.beganNanos = nowNanos;
    }

    /**
     * @param what   goes behind "the gateway"
     * @param detail of this case
     */
    void add(String what, String detail, long nowNanos) {
        cases.merge(what, new Case(1, detail, nowNanos - beganNanos), Case::plus);
    }

    /** In the order of their first cases. */
    List<String> inWords() {
        return cases.entrySet().stream()
                .map(entry -> "the gateway " + entry.getKey() + ", " + entry.getValue())
                .toList();
    }

    /** @param afterNanos when it first happened */
    private record Case(long times, String detail, long afterNanos) {
        private static final double MILLIS_PER_SECOND = 1e3;

        Case plus(Case later) {
            return new Case(times + later.times, detail, afterNanos);
        }

        @Override
        public String toString() {
            return "%,d times, first after %.1f s: %s"
                    .formatted(times, Duration.ofNanos(afterNanos).toMillis() / MILLIS_PER_SECOND, detail);
        }
    }
}
