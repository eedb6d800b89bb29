package io.causeway.bridge;

import com.sun.management.OperatingSystemMXBean;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Router;
import io.causeway.store.SessionStore;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures an aggregating upstream against a broker, by hand: messages per second, time from publish to acceptance.
 *
 * <pre>UpstreamLoad mqtt://127.0.0.1:1883 QOS MESSAGES OUTSTANDING [RATE]</pre>
 */
final class UpstreamLoad {
    private static final int PUBLISHERS = 100;
    private static final int PAYLOAD_OCTETS = 64;

    private UpstreamLoad() {}

    public static void main(String[] args) throws InterruptedException {
        Qos qos = Qos.of(Integer.parseInt(args[1]));
        int messages = Integer.parseInt(args[2]);
        int outstanding = Integer.parseInt(args[3]);
        int rate = args.length > 4 ? Integer.parseInt(args[4]) : 0;
        AggregatingUpstream upstream = new AggregatingUpstream(
                AggregatingSettings.of(URI.create(args[0]), "load"),
                new Router(),
                new UpstreamCounters(),
                new SplittableRandom(),
                SessionStore.NONE,
                null);
        upstream.start();
        while (!upstream.isAvailable()) {
            LockSupport.parkNanos(1_000_000);
        }
        for (int round = 1; round <= 3; round++) {
            round(upstream, qos, messages, outstanding, rate);
        }
        upstream.close(Duration.ofSeconds(1));
    }

    private static void round(AggregatingUpstream upstream, Qos qos, int messages, int outstanding, int rate)
            throws InterruptedException {
        Semaphore window = new Semaphore(outstanding);
        LongAdder refused = new LongAdder();
        long[] latencies = new long[messages];
        AtomicInteger completed = new AtomicInteger();
        ApplicationMessage[] byPublisher = new ApplicationMessage[PUBLISHERS];
        for (int i = 0; i < PUBLISHERS; i++) {
            byPublisher[i] = new ApplicationMessage("load/" + i, Octets.of(new byte[PAYLOAD_OCTETS]), qos, false);
        }
        long cpuBefore = cpuNanos();
        long start = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            window.acquire();
            if (rate > 0) {
                long due = start + i * 1_000_000_000L / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            }
            long sent = System.nanoTime();
            upstream.publish("client-" + i % PUBLISHERS, byPublisher[i % PUBLISHERS], new PublishCallback() {
                @Override
                public void onAccepted() {
                    latencies[completed.getAndIncrement()] = System.nanoTime() - sent;
                    window.release();
                }

                @Override
                public void onRefused(Refusal refusal) {
                    refused.increment();
                    window.release();
                }
            });
        }
        window.acquire(outstanding);
        double seconds = (System.nanoTime() - start) / 1e9;
        int count = completed.get();
        Arrays.sort(latencies, 0, count);
        System.out.printf(
                "QoS %d: %,.0f messages/s, refused %d; accepted after p50 %,d us, p99 %,d us, p99.9 %,d us;"
                        + " %.1f CPU s per million%n",
                qos.value(),
                count / seconds,
                refused.sum(),
                latencies[count / 2] / 1_000,
                latencies[(int) (count * 0.99)] / 1_000,
                latencies[(int) (count * 0.999)] / 1_000,
                (cpuNanos() - cpuBefore) / 1e3 / count);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
