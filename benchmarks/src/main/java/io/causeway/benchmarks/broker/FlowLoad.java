package io.causeway.benchmarks.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Puts flows on a broker: first as much as it carries, then at a pace that leaves it time. */
final class FlowLoad {
    /** Of the paced part, where latency is not that of full windows. */
    static final int PACED_COPIES_PER_SECOND = 10_000;

    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration TIME_TO_DRAIN = Duration.ofSeconds(10);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLION = 1e6;

    private final LoadLoop loop;
    private final Duration measured;

    FlowLoad(LoadLoop loop, Duration measured) {
        this.loop = loop;
        this.measured = measured;
    }

    /**
     * What one flow has shown; unknown figures are NaN.
     *
     * @param copiesPerSecond      that arrived while all windows were full
     * @param missing              copies that never arrived, of both parts
     * @param full                 latencies while all windows were full
     * @param paced                latencies at {@value #PACED_COPIES_PER_SECOND} copies a second
     * @param cpuSecondsPerMillion of the broker, per million copies, while all windows were full
     * @param residentMib          of the broker at the end of that
     * @param loadShare            of one processor that this process took meanwhile: near 1, the figures are rather its own
     */
    record Figures(
            double copiesPerSecond,
            long missing,
            Percentiles full,
            Percentiles paced,
            double cpuSecondsPerMillion,
            double residentMib,
            double loadShare) {}

    private record Sample(long nanos, long arrived, double brokerCpuSeconds, double ownCpuSeconds) {}

    Figures run(Flow flow, Contender broker) throws LoadFailure, InterruptedException {
        List<LoadClient> clients = new ArrayList<>();
        try {
            Traffic traffic = new Traffic(flow, loop);
            connect(flow, broker, traffic, clients);
            Figures figures = measure(traffic, broker);
            if (traffic.lost() > 0) {
                throw new LoadFailure(broker.name() + " has ended " + traffic.lost() + " connections");
            }
            return figures;
        } finally {
            loop.disconnect(clients);
        }
    }

    private void connect(Flow flow, Contender broker, Traffic traffic, List<LoadClient> clients)
            throws LoadFailure, InterruptedException {
        List<LoadClient> subscribers = loop.connect(broker.address(), "subscriber-", flow.subscribers());
        clients.addAll(subscribers);
        loop.get(loop.call(() -> CompletableFuture.allOf(subscribers.stream()
                .peek(traffic::subscribeWith)
                .map(client -> client.subscribe(Traffic.FILTER, flow.qos()))
                .toArray(CompletableFuture<?>[]::new))));
        List<LoadClient> publishers = loop.connect(broker.address(), "publisher-", flow.publishers());
        clients.addAll(publishers);
        loop.execute(() -> publishers.forEach(traffic::publishWith));
    }

    private Figures measure(Traffic traffic, Contender broker) throws LoadFailure, InterruptedException {
        loop.execute(traffic::fillWindows);
        Sample start = loop.callAfter(WARM_UP, () -> {
            traffic.takeLatencies();
            return sample(traffic, broker);
        });
        Sample end = loop.callAfter(measured, () -> sample(traffic, broker));
        Percentiles full = loop.call(traffic::takeLatencies);
        double residentMib = broker.residentMib();
        drain(traffic);

        loop.execute(() -> traffic.keepRate(PACED_COPIES_PER_SECOND));
        loop.callAfter(WARM_UP, traffic::takeLatencies);
        Percentiles paced = loop.callAfter(measured.dividedBy(2), traffic::takeLatencies);
        drain(traffic);

        double seconds = (end.nanos - start.nanos) / NANOS_PER_SECOND;
        long copies = end.arrived - start.arrived;
        return new Figures(
                copies / seconds,
                loop.call(traffic::missing),
                full,
                paced,
                (end.brokerCpuSeconds - start.brokerCpuSeconds) * MILLION / copies,
                residentMib,
                (end.ownCpuSeconds - start.ownCpuSeconds) / seconds);
    }

    private void drain(Traffic traffic) throws LoadFailure, InterruptedException {
        loop.execute(traffic::stop);
        loop.await(TIME_TO_DRAIN, traffic::isComplete);
    }

    private static Sample sample(Traffic traffic, Contender broker) {
        double ownCpuSeconds = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / NANOS_PER_SECOND)
                .orElse(Contender.UNKNOWN);
        return new Sample(System.nanoTime(), traffic.arrived(), broker.cpuSeconds(), ownCpuSeconds);
    }
}
