package io.causeway.simulator.fleet;

import io.causeway.simulator.report.FleetReport;
import io.causeway.simulator.report.Sample;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.Phases;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A run in virtual time against a gateway in memory. */
final class VirtualRun {
    private static final long RUN_NUMBER = 0x5EED;
    private static final Duration STEP = Duration.ofMillis(1);

    final VirtualGateway gateway = new VirtualGateway();
    final List<Sample> samples = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();
    private final Simulation simulation;
    private List<String> complaints = List.of();

    private VirtualRun(Scenario scenario, boolean isVerified, Consumer<VirtualGateway> preparation) throws IOException {
        FleetPlan plan = new FleetPlan(scenario, "udp://localhost", null, Duration.ofSeconds(5), "run");
        preparation.accept(gateway);
        simulation =
                new Simulation(plan, RUN_NUMBER, gateway, isVerified ? gateway : null, time::nowNanos, samples::add);
    }

    static Scenario scenario(long seed, Duration steady, Group... groups) {
        Phases phases = new Phases(Duration.ofSeconds(5), steady, Duration.ofSeconds(2), Duration.ofSeconds(30));
        return scenario(seed, phases, groups);
    }

    static Scenario scenario(long seed, Phases phases, Group... groups) {
        return new Scenario("test", "", seed, phases, List.of(groups));
    }

    static VirtualRun of(Scenario scenario) throws IOException {
        return new VirtualRun(scenario, true, gateway -> {});
    }

    static VirtualRun of(Scenario scenario, Consumer<VirtualGateway> preparation) throws IOException {
        return new VirtualRun(scenario, true, preparation);
    }

    static VirtualRun unverified(Scenario scenario) throws IOException {
        return new VirtualRun(scenario, false, gateway -> {});
    }

    VirtualRun pass(Duration duration) {
        for (long endNanos = time.nowNanos() + duration.toNanos();
                time.nowNanos() - endNanos < 0 && !simulation.isOver(); ) {
            turn();
        }
        return this;
    }

    /** That of the last sample. */
    Sample.Phase phase() {
        return samples.get(samples.size() - 1).phase();
    }

    VirtualRun withComplaints(String... ofTheMedium) {
        complaints = List.of(ofTheMedium);
        return this;
    }

    void stop() {
        simulation.stop("stopped");
    }

    FleetReport toTheEnd() {
        while (!simulation.isOver()) {
            turn();
        }
        FleetReport report = simulation.report(Instant.EPOCH, 0, complaints);
        simulation.close();
        return report;
    }

    private void turn() {
        simulation.turn();
        gateway.turn(time.nowNanos());
        time.advance(STEP);
    }
}
