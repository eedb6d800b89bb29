package io.causeway.simulator.fleet;

import io.causeway.simulator.scenario.Alarms;
import io.causeway.simulator.scenario.Beacon;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.Report;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.verify.BrokerTarget;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A fleet, and how it is judged.
 *
 * @param scenario    what to simulate
 * @param gatewayName whom it is let loose on, as the user named it
 * @param broker      where is verified; null for nowhere
 * @param lateAfter   on its way for longer than this, a message is late
 * @param run         the name of the run, which tells it from others at the same broker: client ids and topics begin with it
 */
public record FleetPlan(
        Scenario scenario, String gatewayName, @Nullable BrokerTarget broker, Duration lateAfter, String run) {
    /** @throws IllegalArgumentException if there is no such run, with a message for whoever asked for it */
    public FleetPlan {
        if (run.isEmpty()) {
            throw new IllegalArgumentException("a run has a name");
        }
    }

    /** Topic filters for all that the sensors publish. */
    Set<String> filters() {
        Set<String> filters = new TreeSet<>();
        for (Group group : scenario.groups()) {
            Report report = group.report();
            if (report != null) {
                filters.add(report.topic().filter(run, group.name()));
            }
            Alarms alarms = group.alarms();
            if (alarms != null) {
                filters.add(alarms.topic().filter(run, group.name()));
            }
            Beacon beacon = group.beacon();
            if (beacon != null) {
                filters.add(beacon.topic());
            }
        }
        return filters;
    }
}
