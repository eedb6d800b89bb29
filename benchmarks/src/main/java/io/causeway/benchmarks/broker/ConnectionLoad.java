package io.causeway.benchmarks.broker;

import java.time.Duration;
import java.util.List;

/** Connects many clients that say nothing. */
final class ConnectionLoad {
    /** For the broker to come to rest before its memory is read. */
    private static final Duration REST = Duration.ofSeconds(1);

    private static final double KIB_PER_MIB = 1_024;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    private final LoadLoop loop;
    private final int connections;

    ConnectionLoad(LoadLoop loop, int connections) {
        this.loop = loop;
        this.connections = connections;
    }

    /**
     * What connections cost.
     *
     * @param firstPerSecond   CONNECT to CONNACK, on a broker that has just started
     * @param secondPerSecond  the same once more, after all were closed
     * @param cpuMicros        of the broker for one of the second connections, to CONNACK
     * @param kibPerConnection resident memory with the first connections, less what it was before them, by connection
     */
    record Figures(double firstPerSecond, double secondPerSecond, double cpuMicros, double kibPerConnection) {}

    /** @param broker just started, so that none of its memory is left from other work */
    Figures run(Contender broker) throws LoadFailure, InterruptedException {
        double mibBefore = broker.residentMib();
        long firstNanos = System.nanoTime();
        List<LoadClient> clients = loop.connect(broker.address(), "idle-", connections);
        double firstPerSecond = perSecondSince(firstNanos);
        double mibWithAll = loop.callAfter(REST, broker::residentMib);
        loop.disconnect(clients);

        double cpuSecondsBefore = broker.cpuSeconds();
        long secondNanos = System.nanoTime();
        clients = loop.connect(broker.address(), "idle-", connections);
        double secondPerSecond = perSecondSince(secondNanos);
        double cpuSeconds = broker.cpuSeconds() - cpuSecondsBefore;
        loop.disconnect(clients);
        return new Figures(
                firstPerSecond,
                secondPerSecond,
                cpuSeconds * MICROS_PER_SECOND / connections,
                (mibWithAll - mibBefore) * KIB_PER_MIB / connections);
    }

    private double perSecondSince(long startNanos) {
        return connections * NANOS_PER_SECOND / (System.nanoTime() - startNanos);
    }
}
