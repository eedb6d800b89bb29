package io.causeway.simulator.fleet;

import io.causeway.simulator.network.Medium;
import io.causeway.simulator.network.MediumSource;
import io.causeway.simulator.network.SocketLoop;
import io.causeway.simulator.report.FleetReport;
import io.causeway.simulator.report.Sample;
import io.causeway.simulator.verify.BrokerTarget;
import io.causeway.simulator.verify.Verifier;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets a fleet loose on a gateway. All sensors live on the thread that calls {@link #run}. */
public final class FleetRun {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long GLANCE_NANOS = Duration.ofMillis(100).toNanos();

    private final FleetPlan plan;
    private final MediumSource source;
    private volatile boolean isToStop;
    private boolean isToForgetLatencies;
    private Duration setupTime = Duration.ZERO;

    public FleetRun(FleetPlan plan, MediumSource source) {
        this.plan = plan;
        this.source = source;
    }

    /**
     * Runs to the end, once; takes as long as the phases of the scenario, and some seconds for the last answers. Begins
     * when the medium is ready.
     *
     * @param progress told a sample each second
     * @throws IOException if the broker cannot be reached, the medium fails, or the system has not enough sockets
     */
    public FleetReport run(Consumer<Sample> progress) throws IOException {
        BrokerTarget target = plan.broker();
        try (SocketLoop loop = new SocketLoop();
                Medium medium = source.open(System::nanoTime, loop)) {
            while (!medium.isReady() && !isToStop) {
                medium.receive(GLANCE_NANOS);
            }
            if (target == null) {
                return run(medium, null, progress);
            }
            try (Verifier verifier = Verifier.connect(loop, target, plan.run() + "-verify", plan.filters())) {
                return run(medium, new VerifiedBroker(verifier), progress);
            }
        }
    }

    /** Ends the run before its time, but in order: what is under way comes to its end, all say goodbye. From any thread. */
    public void stop() {
        isToStop = true;
    }

    /** From the sample on that is just told, latencies count anew. Only for whom samples are told. */
    public void forgetLatencies() {
        isToForgetLatencies = true;
    }

    /** After the run: how long it took until the latest sensor that the gateway ever accepted was accepted. */
    public Duration setupTime() {
        return setupTime;
    }

    private FleetReport run(Medium medium, @Nullable Broker broker, Consumer<Sample> progress) throws IOException {
        Instant began = Instant.now();
        Duration cpuBefore = cpuTime();
        Simulation simulation =
                new Simulation(plan, new SecureRandom().nextLong(), medium, broker, System::nanoTime, progress);
        try {
            while (!simulation.isOver()) {
                simulation.turn();
                if (isToForgetLatencies) {
                    isToForgetLatencies = false;
                    simulation.forgetLatencies();
                }
                medium.receive(simulation.nanosToNextTurn());
                if (isToStop) {
                    simulation.stop("stopped by the user");
                }
            }
            setupTime = simulation.setupTime();
            double cpuSeconds = cpuTime().minus(cpuBefore).toNanos() / NANOS_PER_SECOND;
            return simulation.report(began, cpuSeconds, medium.complaints());
        } finally {
            simulation.close();
        }
    }

    private static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
