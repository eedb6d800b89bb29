package io.causeway.simulator.load;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.fleet.FleetPlan;
import io.causeway.simulator.scenario.Connection;
import io.causeway.simulator.scenario.Firmware;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Pace;
import io.causeway.simulator.scenario.PayloadTemplate;
import io.causeway.simulator.scenario.Phases;
import io.causeway.simulator.scenario.Report;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.scenario.Span;
import io.causeway.simulator.scenario.TopicPattern;
import io.causeway.simulator.verify.BrokerTarget;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What load is to be put on a gateway.
 *
 * @param gateway           where the clients send to
 * @param gatewayName       the same, as the user named it
 * @param broker            where is counted what arrives
 * @param clients           how many, each with a UDP port of its own
 * @param qos               0, 1 or 2
 * @param messagesPerSecond of all clients together; {@link #CLOSED_LOOP} for each client's next message at the
 *                          acknowledgement of the one before
 * @param warmUp            how long to publish before the measurement
 * @param measured          how long to measure
 * @param payloadOctets     of a message, which is longer where what tells messages apart needs more
 * @param retryInterval     T_retry of the clients
 * @param pids              processes of this machine whose CPU time and memory are watched
 */
public record LoadPlan(
        InetSocketAddress gateway,
        String gatewayName,
        BrokerTarget broker,
        int clients,
        Qos qos,
        int messagesPerSecond,
        Duration warmUp,
        Duration measured,
        int payloadOctets,
        Duration retryInterval,
        List<Long> pids) {
    public static final int CLOSED_LOOP = 0;

    /** Until all are connected; a gateway that is slower cannot be measured. */
    static final Duration SETUP_TIME = Duration.ofMinutes(2);

    /** Fewer at once than would overflow the receive buffer of a gateway. */
    private static final long GOODBYES_PER_SECOND = 10_000;

    private static final Duration DRAIN_TIME = Duration.ofSeconds(15);
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);
    private static final int RETRY_COUNT = 5;
    private static final long SEED = 1;
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final TopicPattern TOPIC = new TopicPattern("{run}/{index}");

    /** @throws IllegalArgumentException if there is no such load, with a message for whoever asked for it */
    public LoadPlan {
        pids = List.copyOf(pids);
        require(qos != Qos.MINUS_ONE, "QoS is 0, 1 or 2");
        require(messagesPerSecond >= 0, "the rate must not be negative");
        require(
                messagesPerSecond != CLOSED_LOOP || qos != Qos.AT_MOST_ONCE,
                "QoS 0 needs a rate, because nothing is acknowledged");
        require(!warmUp.isNegative(), "the warm-up must not be negative");
        require(!measured.isNegative() && !measured.isZero(), "the measurement must last longer than nothing");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * The fleet that does this.
     *
     * @param run the name of the run
     * @throws IllegalArgumentException if there is no such fleet, with a message for whoever asked for it
     */
    public FleetPlan fleet(String run) {
        Duration goodbyes = Duration.ofSeconds(clients).dividedBy(GOODBYES_PER_SECOND);
        Duration longest = warmUp.plus(measured).plusMinutes(1);
        Phases phases = new Phases(Duration.ZERO, longest, goodbyes, DRAIN_TIME, true);
        Scenario scenario = new Scenario("load", "", SEED, phases, List.of(group()));
        return new FleetPlan(scenario, gatewayName, broker, LATE, run);
    }

    private Group group() {
        Span<Integer> octets = new Span<>(payloadOctets, payloadOctets);
        PayloadTemplate payload =
                new PayloadTemplate(PayloadTemplate.Format.OCTETS, PayloadTemplate.Content.COUNTER, octets);
        return new Group(
                "load",
                clients,
                Firmware.STANDARD,
                new Connection(KEEP_ALIVE, true, false, retryInterval, RETRY_COUNT),
                new Report(pace(), qos, false, TOPIC, payload),
                null,
                null,
                null,
                null,
                null,
                null,
                NetworkConditions.IDEAL);
    }

    private Pace pace() {
        return messagesPerSecond == CLOSED_LOOP
                ? new Pace.OnAcknowledgement(Duration.ZERO)
                : new Pace.Every(Duration.ofSeconds(clients).dividedBy(messagesPerSecond), 0);
    }
}
