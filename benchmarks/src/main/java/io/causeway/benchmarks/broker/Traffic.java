package io.causeway.benchmarks.broker;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.HdrHistogram.Histogram;

/**
 * The messages of one flow through one broker: as many as the windows let through, or at a pace. Owned by the loop.
 */
final class Traffic {
    private static final Duration PACE_PERIOD = Duration.ofMillis(1);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int DIGITS = 3;
    private static final String TOPIC = "load/";

    /** What subscribers ask for. */
    static final String FILTER = TOPIC + "+";

    private final Flow flow;
    private final LoadLoop loop;
    private final List<Publisher> publishers = new ArrayList<>();
    private final Queue<Publisher> readyToPublish = new ArrayDeque<>();
    private final Histogram latencyMicros = new Histogram(DIGITS);

    private Pace pace = Pace.NONE;
    private boolean isPumping;
    private long published;
    private long arrived;
    private long lost;

    private enum Pace {
        NONE,
        WINDOW,
        RATE
    }

    Traffic(Flow flow, LoadLoop loop) {
        this.flow = flow;
        this.loop = loop;
    }

    void subscribeWith(LoadClient client) {
        client.play(new Subscriber());
    }

    void publishWith(LoadClient client) {
        Publisher publisher = new Publisher(client, publishers.size());
        publishers.add(publisher);
        client.play(publisher);
    }

    /** From now on every publisher keeps its window full. */
    void fillWindows() {
        pace = Pace.WINDOW;
        publishers.forEach(Publisher::becomeReady);
    }

    /** From now on the publishers take turns, within their windows, so that so many copies a second are due. */
    void keepRate(double copiesPerSecond) {
        pace = Pace.RATE;
        long startNanos = System.nanoTime();
        long before = published;
        loop.repeat(PACE_PERIOD, () -> {
            double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
            publishUntil(before + (long) (seconds * copiesPerSecond / flow.subscribers()));
            return pace == Pace.RATE;
        });
    }

    private void publishUntil(long due) {
        while (pace == Pace.RATE && published < due) {
            Publisher next = publishers.get((int) (published % publishers.size()));
            if (!next.isInWindow()) {
                return;
            }
            next.publish();
            next.client.flush();
        }
    }

    void stop() {
        pace = Pace.NONE;
    }

    /** Whether every copy has arrived. */
    boolean isComplete() {
        return missing() == 0;
    }

    /** Copies of published messages that have not arrived, or not in their publisher's order. */
    long missing() {
        return published * flow.subscribers() - arrived;
    }

    long arrived() {
        return arrived;
    }

    /** Connections that the broker has ended. */
    long lost() {
        return lost;
    }

    /** Of the copies that arrived since the last time this was asked. */
    Percentiles takeLatencies() {
        Percentiles percentiles = Percentiles.of(latencyMicros);
        latencyMicros.reset();
        return percentiles;
    }

    /** What came in together goes out together. */
    private void pump() {
        isPumping = false;
        for (Publisher next = readyToPublish.poll(); next != null; next = readyToPublish.poll()) {
            next.publishWindow();
        }
    }

    private final class Subscriber implements Role {
        private final int[] expected = new int[flow.publishers()];

        @Override
        public void onMessage(ByteBuf payload, int payloadOctets, long receivedNanos) {
            int publisher = Stamp.publisher(payload);
            int sequence = Stamp.sequence(payload);
            if (sequence < expected[publisher]) {
                return; // a second copy, or a late one
            }
            expected[publisher] = sequence + 1;
            arrived++;
            latencyMicros.recordValue(Math.max(0, receivedNanos - Stamp.sentNanos(payload)) / NANOS_PER_MICRO);
            publishers.get(publisher).onArrived();
        }

        @Override
        public void onLost() {
            lost++;
        }
    }

    private final class Publisher implements Role {
        private final LoadClient client;
        private final int index;
        private final byte[] topic;
        private final ByteBuf payload = Stamp.newPayload();
        private int sequence;
        private int unacknowledged;
        private int copiesUnderWay;
        private boolean isReady;

        Publisher(LoadClient client, int index) {
            this.client = client;
            this.index = index;
            this.topic = (TOPIC + index).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void onAcknowledged() {
            unacknowledged--;
            becomeReady();
        }

        @Override
        public void onLost() {
            lost++;
        }

        private void onArrived() {
            copiesUnderWay--;
            becomeReady();
        }

        private void becomeReady() {
            if (isReady || pace != Pace.WINDOW) {
                return;
            }
            isReady = true;
            readyToPublish.add(this);
            if (!isPumping) {
                isPumping = true;
                loop.execute(Traffic.this::pump);
            }
        }

        private void publishWindow() {
            isReady = false;
            while (pace == Pace.WINDOW && isInWindow()) {
                publish();
            }
            client.flush();
        }

        private boolean isInWindow() {
            return unacknowledged < flow.window() && copiesUnderWay <= (flow.window() - 1) * flow.subscribers();
        }

        private void publish() {
            Stamp.write(payload, System.nanoTime(), index, sequence++);
            client.publish(topic, flow.qos(), false, payload);
            copiesUnderWay += flow.subscribers();
            unacknowledged += flow.isAcknowledged() ? 1 : 0;
            published++;
        }
    }
}
