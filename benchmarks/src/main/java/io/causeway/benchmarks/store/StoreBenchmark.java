package io.causeway.benchmarks.store;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the durable store of a gateway as a whole; {@code benchmarks/store.sh} calls it. */
@Command(
        name = "store-benchmark",
        mixinStandardHelpOptions = true,
        description = "Measures what it costs to keep promises over a restart.")
public final class StoreBenchmark implements Callable<Integer> {
    /** A topic that is known without being registered. */
    private static final String TOPIC = "ab";

    private static final int PAYLOAD_OCTETS = 64;
    private static final int WINDOW = 500;
    private static final int SLEEP_SECONDS = 3_600;
    private static final int KEEP_ALIVE_SECONDS = 3_600;
    private static final double NANOS = 1e9;
    private static final int MAX_MSG_ID = 0xFFFF;

    @Option(names = "--program", required = true, description = "The launcher of the gateway.")
    private String program = "";

    @Option(names = "--directory", required = true, description = "For the gateway's state: on the disk to measure.")
    private Path directory = Path.of("");

    @Option(names = "--udp", defaultValue = "21887", description = "The gateway's UDP port; ${DEFAULT-VALUE}.")
    private int udpPort;

    @Option(names = "--mqtt", defaultValue = "21888", description = "The broker's port; ${DEFAULT-VALUE}.")
    private int mqttPort;

    @Option(names = "--sleepers", defaultValue = "20000", description = "How many sleep; ${DEFAULT-VALUE}.")
    private int sleepers;

    @Option(names = "--waiting", defaultValue = "5", description = "Messages for each of them; ${DEFAULT-VALUE}.")
    private int waiting;

    @Option(names = "--journaled", defaultValue = "1000000", description = "Messages in the journal; ${DEFAULT-VALUE}.")
    private int journaled;

    @Option(names = "--seconds", defaultValue = "10", description = "Of each rate; ${DEFAULT-VALUE}.")
    private int seconds;

    private final PrintStream out = System.out;

    private StoreBenchmark() {}

    /** @param args see {@code --help} */
    public static void main(String... args) {
        System.exit(new CommandLine(new StoreBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        out.println(
                "Octets written for a message at QoS 1 of 64 octets that goes to the journal, the broker being away");
        for (int rate : List.of(1, 100, 1_000, 10_000)) {
            writtenPerMessage(rate);
        }
        out.println();
        journalOverRestart();
        out.println();
        sleepersOverRestart();
        return 0;
    }

    // ---- the journal ---------------------------------------------------------------------------------------------

    private void writtenPerMessage(int rate) throws IOException, InterruptedException {
        Path state = fresh("bytes");
        try (GatewayRun gateway = GatewayRun.start(program, state, aggregating(state));
                Forwarder forwarder = Forwarder.open(udp(), Math.min(1_000, Math.max(10, rate)))) {
            gateway.awaitReady();
            connectAll(forwarder);
            long before = gateway.writtenOctets();
            Histogram latency = new Histogram(3);
            long acknowledged = publish(forwarder, rate, (long) rate * seconds, latency);
            long written = gateway.writtenOctets() - before;
            print(
                    "%,7d /s: %,9d acknowledged, p50 %.1f ms, p99 %.1f ms, %,7d octets written a message, %d MiB resident",
                    rate,
                    acknowledged,
                    latency.getValueAtPercentile(50) / 1e6,
                    latency.getValueAtPercentile(99) / 1e6,
                    written / Math.max(1, acknowledged),
                    gateway.residentMebi());
        }
    }

    private void journalOverRestart() throws IOException, InterruptedException {
        Path state = fresh("journal");
        try (GatewayRun gateway = GatewayRun.start(program, state, aggregating(state));
                Forwarder forwarder = Forwarder.open(udp(), 1_000)) {
            gateway.awaitReady();
            connectAll(forwarder);
            long began = System.nanoTime();
            long acknowledged = publish(forwarder, Integer.MAX_VALUE, journaled, new Histogram(3));
            double took = (System.nanoTime() - began) / NANOS;
            print(
                    "%,d messages journaled in %.1f s: %,.0f /s, %d MiB resident, %d MiB on disk",
                    acknowledged,
                    took,
                    acknowledged / took,
                    gateway.residentMebi(),
                    sizeOf(state.resolve("data")) >> 20);
        }
        try (GatewayRun gateway = GatewayRun.start(program, state, aggregating(state))) {
            double ready = gateway.awaitReady();
            print(
                    "killed and started again with them: ready after %.2f s, %d MiB resident",
                    ready, gateway.residentMebi());
        }
    }

    private static long sizeOf(Path folder) throws IOException {
        long sum = 0;
        try (var files = Files.list(folder)) {
            for (Path each : files.toList()) {
                sum += Files.size(each);
            }
        }
        return sum;
    }

    private void connectAll(Forwarder forwarder) throws IOException {
        Deque<Node> next = new ArrayDeque<>(forwarder.nodes());
        Progress progress = new Progress(forwarder.nodes().size());
        Forwarder.Handler handler = (node, packet) -> {
            if (packet instanceof ConnAck answer && node.request() != null) {
                requireAccepted(answer.returnCode());
                node.answered();
                progress.step();
            }
        };
        while (!progress.isComplete()) {
            while (!next.isEmpty() && progress.open(next.size()) < WINDOW) {
                Node node = next.remove();
                forwarder.request(node, new Connect(false, true, 1, KEEP_ALIVE_SECONDS, node.clientId()));
            }
            forwarder.serve(1, handler);
        }
    }

    /** Publishes at the rate, each node one message at a time; returns how many were acknowledged. */
    private static long publish(Forwarder forwarder, int rate, long messages, Histogram latency) throws IOException {
        Deque<Node> idle = new ArrayDeque<>(forwarder.nodes());
        Octets payload = Octets.of(new byte[PAYLOAD_OCTETS]);
        long[] acknowledged = {0};
        Forwarder.Handler handler = (node, packet) -> {
            if (packet instanceof PubAck answer
                    && node.request() instanceof Publish sent
                    && sent.msgId() == answer.msgId()) {
                requireAccepted(answer.returnCode());
                latency.recordValue(Math.max(1, System.nanoTime() - node.sentNanos()));
                node.answered();
                idle.add(node);
                acknowledged[0]++;
            }
        };
        long began = System.nanoTime();
        long sent = 0;
        while (acknowledged[0] < messages) {
            double due = (System.nanoTime() - began) / NANOS * rate;
            while (sent < messages && sent <= due && !idle.isEmpty()) {
                Node node = idle.remove();
                int msgId = (int) (sent % MAX_MSG_ID) + 1;
                forwarder.request(
                        node,
                        new Publish(
                                false,
                                Qos.AT_LEAST_ONCE,
                                false,
                                TopicIdType.SHORT,
                                Topic.Short.toTopicId(TOPIC),
                                msgId,
                                payload));
                sent++;
            }
            forwarder.serve(1, handler);
        }
        return acknowledged[0];
    }

    // ---- sleepers ------------------------------------------------------------------------------------------------

    private void sleepersOverRestart() throws IOException, InterruptedException {
        Path state = fresh("sleepers");
        try (Forwarder forwarder = Forwarder.open(udp(), sleepers)) {
            try (GatewayRun gateway = GatewayRun.start(program, state, integrated(state))) {
                gateway.awaitReady();
                long began = System.nanoTime();
                fallAsleep(forwarder);
                print("%,d clients have subscribed and sleep after %.1f s", sleepers, since(began));
                began = System.nanoTime();
                fillQueues();
                print("%,d messages wait for them after %.1f s", (long) sleepers * waiting, since(began));
            }
            try (GatewayRun gateway = GatewayRun.start(program, state, integrated(state))) {
                double ready = gateway.awaitReady();
                print("killed and started again: ready after %.2f s, %d MiB resident", ready, gateway.residentMebi());
                long began = System.nanoTime();
                wake(forwarder);
                print(
                        "all have woken and have every message %.1f s later: %,.0f messages/s",
                        since(began), sleepers * (double) waiting / since(began));
            }
        }
    }

    private void fallAsleep(Forwarder forwarder) throws IOException {
        Deque<Node> next = new ArrayDeque<>(forwarder.nodes().subList(0, sleepers));
        Progress progress = new Progress(sleepers);
        Forwarder.Handler handler = (node, packet) -> {
            if (packet instanceof ConnAck answer && node.request() instanceof Connect) {
                requireAccepted(answer.returnCode());
                forwarder.request(
                        node, new Subscribe(false, Qos.AT_LEAST_ONCE, 1, new Topic.Name("to/" + node.clientId())));
            } else if (packet instanceof SubAck answer && node.request() instanceof Subscribe) {
                requireAccepted(answer.returnCode());
                forwarder.request(node, new Disconnect(SLEEP_SECONDS));
            } else if (packet instanceof Disconnect && node.request() instanceof Disconnect) {
                node.answered();
                progress.step();
            }
        };
        while (!progress.isComplete()) {
            while (!next.isEmpty() && progress.open(next.size()) < WINDOW) {
                Node node = next.remove();
                forwarder.request(node, new Connect(false, false, 1, KEEP_ALIVE_SECONDS, node.clientId()));
            }
            forwarder.serve(1, handler);
        }
    }

    private void fillQueues() throws IOException {
        MqttFeeder.publish(mqttPort, (long) sleepers * waiting, number -> "to/node-" + number % sleepers);
    }

    private void wake(Forwarder forwarder) throws IOException {
        Deque<Node> next = new ArrayDeque<>(forwarder.nodes().subList(0, sleepers));
        Progress progress = new Progress(sleepers);
        Forwarder.Handler handler = (node, packet) -> {
            if (packet instanceof Publish publish) {
                node.countReceived();
                forwarder.send(node, new PubAck(publish.topicId(), publish.msgId(), ReturnCode.ACCEPTED));
            } else if (packet instanceof PingResp && node.request() != null) {
                requireAll(node);
                node.answered();
                progress.step();
            } else if (packet instanceof Disconnect) {
                throw new IOException(node.clientId() + " is not known any more");
            }
        };
        while (!progress.isComplete()) {
            while (!next.isEmpty() && progress.open(next.size()) < WINDOW) {
                Node node = next.remove();
                forwarder.request(node, new PingReq(node.clientId()));
            }
            forwarder.serve(1, handler);
        }
    }

    private void requireAll(Node node) throws IOException {
        if (node.received() < waiting) {
            throw new IOException(node.clientId() + " has got " + node.received() + " of " + waiting);
        }
    }

    // ---- odds and ends -------------------------------------------------------------------------------------------

    private static void requireAccepted(ReturnCode code) throws IOException {
        if (code != ReturnCode.ACCEPTED) {
            throw new IOException("the gateway refuses with " + code);
        }
    }

    private static double since(long beganNanos) {
        return (System.nanoTime() - beganNanos) / NANOS;
    }

    private void print(String format, Object... figures) {
        out.println(String.format(Locale.ROOT, format, figures));
    }

    private Path fresh(String name) throws IOException {
        return Files.createTempDirectory(directory, name);
    }

    private InetSocketAddress udp() {
        return new InetSocketAddress("127.0.0.1", udpPort);
    }

    private String aggregating(Path state) {
        return common(state) + """
                upstream:
                  mode: aggregating
                  broker: "mqtt://127.0.0.1:%d"
                  journal: {messages: 3000000, octets: 1GiB}
                """.formatted(mqttPort);
    }

    private String integrated(Path state) {
        return common(state) + """
                upstream: {mode: integrated, listen: "127.0.0.1:%d"}
                """.formatted(mqttPort);
    }

    private String common(Path state) {
        return """
                data-dir: %s
                links: [{type: udp, bind: "127.0.0.1:%d"}]
                sessions: {connect-rate: 1000000/s, connect-rate-per-address: 1000000/s}
                admin: none
                log-level: warn
                """.formatted(state.resolve("data"), udpPort);
    }

    /** Of clients of which a window is under way. */
    private static final class Progress {
        private final int all;
        private int done;

        private Progress(int all) {
            this.all = all;
        }

        private void step() {
            done++;
        }

        private boolean isComplete() {
            return done == all;
        }

        /** Begun and not done. */
        private int open(int notBegun) {
            return all - notBegun - done;
        }
    }
}
