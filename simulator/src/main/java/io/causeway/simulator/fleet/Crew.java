package io.causeway.simulator.fleet;

import io.causeway.simulator.network.Outages;
import io.causeway.simulator.report.Trouble;
import io.causeway.simulator.scenario.Group;
import java.util.EnumMap;
import java.util.Map;

/** What the sensors of a group have in common. Owned by the thread of the run. */
final class Crew {
    private final Group group;
    private final Outages outages;
    private final Meter meter;
    private final Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);

    Crew(Group group, Outages outages, Meter meter) {
        this.group = group;
        this.outages = outages;
        this.meter = meter;
    }

    Group group() {
        return group;
    }

    Outages outages() {
        return outages;
    }

    void suffer(Trouble trouble) {
        suffer(trouble, 1);
    }

    void suffer(Trouble trouble, long times) {
        troubles.merge(trouble, times, Long::sum);
        meter.onTrouble(trouble, times);
    }

    long times(Trouble trouble) {
        return troubles.getOrDefault(trouble, 0L);
    }

    /** Those that anybody had. */
    Map<Trouble, Long> troubles() {
        return new EnumMap<>(troubles);
    }
}
