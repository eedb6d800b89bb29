package io.causeway.simulator.load;

import io.causeway.simulator.fleet.FleetPlan;
import io.causeway.simulator.fleet.FleetRun;
import io.causeway.simulator.network.UdpSockets;
import io.causeway.simulator.report.FleetReport;
import io.causeway.simulator.report.GroupReport;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One run: connect the fleet, warm up, measure, wait for the stragglers, disconnect. All on the thread that calls it. */
public final class LoadRun {
    private static final double MILLIS_PER_SECOND = 1e3;

    private LoadRun() {}

    /**
     * Runs to the end, which takes warm-up, measured time, and some seconds before and after.
     *
     * @param plan what to do
     * @param run  the name of the run, which tells it from others at the same broker
     * @throws IOException if gateway or broker cannot be reached or go away, a watched process is gone, or the system has no
     *     sockets left
     */
    public static LoadReport run(LoadPlan plan, String run) throws IOException {
        FleetPlan fleetPlan = plan.fleet(run);
        FleetRun fleet = new FleetRun(fleetPlan, UdpSockets.towards(plan.gateway()));
        Measurement measurement = new Measurement(plan, fleet);
        try {
            FleetReport report = fleet.run(measurement);
            if (report.outcome() == FleetReport.Outcome.ABORTED) {
                throw new IOException(report.ended());
            }
            if (!measurement.isComplete()) {
                throw new IOException("only " + measurement.connected() + " of " + plan.clients()
                        + " clients were connected after " + LoadPlan.SETUP_TIME.toSeconds() + " s");
            }
            GroupReport group = report.groups().get(0);
            return new LoadReport(
                    plan,
                    fleet.setupTime().toMillis() / MILLIS_PER_SECOND,
                    measurement.rates(),
                    report.acknowledgement().percentiles(),
                    report.endToEnd().percentiles(),
                    measurement.resources(),
                    group.up(),
                    report.foreign(),
                    group.troubles());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
