package io.causeway.simulator.fleet;

import io.causeway.simulator.network.Outages;
import io.causeway.simulator.report.Trouble;
import io.causeway.simulator.scenario.Group;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the sensors of a group have in common. Owned by the thread of the run. */
final class Crew {
    private final Group group;
    private final Outages outages;
    private final Meter meter;
    private final Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
    private final Set<String> accepted = new HashSet<>();
    private int appeared;

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

    /** One of its sensors is there, and will connect. */
    void onAppeared() {
        appeared++;
    }

    /** The gateway has accepted the connection of one of its sensors. */
    void onAccepted(String clientId, long nowNanos) {
        if (accepted.add(clientId)) {
            meter.onNewcomer(nowNanos);
        }
    }

    /** How many of its sensors have been there and never had a connection. */
    int neverConnected() {
        return appeared - accepted.size();
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
