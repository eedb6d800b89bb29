package io.causeway.simulator.load;

import io.causeway.simulator.fleet.FleetRun;
import io.causeway.simulator.report.Sample;
import io.causeway.simulator.report.SensorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Follows a run from sample to sample: waits until all clients are connected and warm, measures, and has the run end. Owned
 * by the thread of the run.
 */
final class Measurement implements Consumer<Sample> {
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double MILLION = 1e6;

    private final LoadPlan plan;
    private final FleetRun fleet;
    private final ProcessMeter watched;
    private final ProcessMeter self =
            new ProcessMeter(List.of(ProcessHandle.current().pid()));

    private Stage stage = Stage.SETUP;
    private long stageBeganMillis;
    private int connected;
    private long readyOctets;
    private ProcessMeter.Sample watchedBefore = ProcessMeter.Sample.NOTHING;
    private ProcessMeter.Sample watchedAfter = ProcessMeter.Sample.NOTHING;
    private ProcessMeter.Sample selfBefore = ProcessMeter.Sample.NOTHING;
    private ProcessMeter.Sample selfAfter = ProcessMeter.Sample.NOTHING;
    private double seconds;
    private long sent;
    private long acknowledged;
    private long arrived;

    private enum Stage {
        SETUP,
        WARM_UP,
        MEASURED,
        OVER
    }

    Measurement(LoadPlan plan, FleetRun fleet) {
        this.plan = plan;
        this.fleet = fleet;
        this.watched = new ProcessMeter(plan.pids());
    }

    /** @throws UncheckedIOException if a watched process is gone */
    @Override
    public void accept(Sample sample) {
        try {
            switch (stage) {
                case SETUP -> setUp(sample);
                case WARM_UP -> warmUp(sample);
                case MEASURED -> measure(sample);
                case OVER -> {} // only stragglers
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void setUp(Sample sample) throws IOException {
        connected = sample.states().getOrDefault(SensorState.ACTIVE, 0);
        if (sample.phase() == Sample.Phase.STEADY) {
            readyOctets = watched.sample().residentOctets();
            begin(Stage.WARM_UP, sample);
            warmUp(sample);
        } else if (isOver(LoadPlan.SETUP_TIME, sample)) {
            fleet.stop();
        }
    }

    private void warmUp(Sample sample) throws IOException {
        if (isOver(plan.warmUp(), sample)) {
            fleet.forgetLatencies();
            watchedBefore = watched.sample();
            selfBefore = self.sample();
            begin(Stage.MEASURED, sample);
        }
    }

    private void measure(Sample sample) throws IOException {
        sent += sample.sent();
        acknowledged += sample.acknowledged();
        arrived += sample.arrived();
        if (isOver(plan.measured(), sample)) {
            watchedAfter = watched.sample();
            selfAfter = self.sample();
            seconds = (sample.elapsedMillis() - stageBeganMillis) / MILLIS_PER_SECOND;
            begin(Stage.OVER, sample);
            fleet.stop();
        }
    }

    private void begin(Stage next, Sample sample) {
        stage = next;
        stageBeganMillis = sample.elapsedMillis();
    }

    private boolean isOver(Duration time, Sample sample) {
        return sample.elapsedMillis() - stageBeganMillis >= time.toMillis();
    }

    /** Whether it has come to its end. */
    boolean isComplete() {
        return stage == Stage.OVER;
    }

    /** How many clients were connected when somebody was not. */
    int connected() {
        return connected;
    }

    LoadReport.Rates rates() {
        return new LoadReport.Rates(sent / seconds, acknowledged / seconds, arrived / seconds);
    }

    LoadReport.Resources resources() {
        double cpuSeconds = watchedAfter.cpuSeconds() - watchedBefore.cpuSeconds();
        return new LoadReport.Resources(
                arrived == 0 ? 0 : cpuSeconds * MILLION / arrived,
                readyOctets,
                watchedAfter.residentOctets(),
                selfAfter.cpuSeconds() - selfBefore.cpuSeconds());
    }
}
