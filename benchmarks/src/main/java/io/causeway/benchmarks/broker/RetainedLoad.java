package io.causeway.benchmarks.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Has many retained messages stored, and given to one new subscriber of {@code #}. */
final class RetainedLoad {
    private static final int WINDOW = 1_000;
    private static final int QOS = 1;
    private static final int TOPICS_PER_SITE = 1_000;
    private static final String FILTER = "#";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double OCTETS_PER_MIB = 1 << 20;

    private final LoadLoop loop;
    private final int topics;

    RetainedLoad(LoadLoop loop, int topics) {
        this.loop = loop;
        this.topics = topics;
    }

    /**
     * What retained messages cost.
     *
     * @param storedPerSecond    PUBLISH to PUBACK
     * @param octetsPerTopic     resident memory, less what it was before
     * @param deliveredPerSecond from SUBSCRIBE to the last one's arrival, at QoS 1
     * @param missing            that did not arrive
     */
    record Figures(double storedPerSecond, double octetsPerTopic, double deliveredPerSecond, long missing) {}

    /** @param broker just started, so that none of its memory is left from other work; it is left without these topics */
    Figures run(Contender broker) throws LoadFailure, InterruptedException {
        LoadClient publisher = loop.get(loop.connect(broker.address(), "retaining"));
        LoadClient subscriber = loop.get(loop.connect(broker.address(), "curious"));
        try {
            double mibBefore = broker.residentMib();
            long storeNanos = System.nanoTime();
            publishAll(publisher, Stamp.newPayload());
            double storedPerSecond = perSecondSince(storeNanos, topics);
            double octetsPerTopic = (broker.residentMib() - mibBefore) * OCTETS_PER_MIB / topics;

            Arrivals arrivals = new Arrivals();
            long deliverNanos = System.nanoTime();
            loop.get(loop.call(() -> {
                subscriber.play(arrivals);
                return subscriber.subscribe(FILTER, QOS);
            }));
            loop.await(PATIENCE, () -> arrivals.count >= topics);
            double deliveredPerSecond = perSecondSince(deliverNanos, arrivals.count);
            return new Figures(storedPerSecond, octetsPerTopic, deliveredPerSecond, topics - arrivals.count);
        } finally {
            loop.disconnect(List.of(subscriber));
            publishAll(publisher, Unpooled.EMPTY_BUFFER);
            loop.disconnect(List.of(publisher));
        }
    }

    private void publishAll(LoadClient client, ByteBuf payload) throws LoadFailure, InterruptedException {
        Storing storing = new Storing(client, payload);
        loop.execute(storing::begin);
        if (!loop.await(PATIENCE, () -> storing.acknowledged == topics)) {
            throw new LoadFailure("only " + storing.acknowledged + " of " + topics + " topics were acknowledged");
        }
    }

    private static double perSecondSince(long startNanos, int count) {
        return count * NANOS_PER_SECOND / (System.nanoTime() - startNanos);
    }

    private static final class Arrivals implements Role {
        private int count;

        @Override
        public void onMessage(ByteBuf payload, int payloadOctets, long receivedNanos) {
            count++;
        }
    }

    /** Publishes the topics one after the other, with a window. */
    private final class Storing implements Role {
        private final LoadClient client;
        private final ByteBuf payload;
        private int published;
        private int acknowledged;

        Storing(LoadClient client, ByteBuf payload) {
            this.client = client;
            this.payload = payload;
        }

        void begin() {
            client.play(this);
            publishWindow();
            client.flush();
        }

        @Override
        public void onAcknowledged() {
            acknowledged++;
            publishWindow(); // the client flushes when it has read everything
        }

        private void publishWindow() {
            while (published < topics && published - acknowledged < WINDOW) {
                String topic = "site/" + published / TOPICS_PER_SITE + "/sensor/" + published % TOPICS_PER_SITE;
                client.publish(topic.getBytes(StandardCharsets.UTF_8), QOS, true, payload);
                published++;
            }
        }
    }
}
