package io.causeway.simulator.scenario;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets everything in a scenario happen so many times as fast, to try in a minute what takes hours. What goes over the wire
 * in whole seconds, keep-alive and sleep, is rounded up to them. The gateway does not hurry: so nobody repeats a packet
 * after less than a second, and stragglers are waited for 15 seconds at least, unless the scenario has it so.
 *
 * @param times 1, for as it is, to 10,000
 */
public record Hurry(int times) {
    private static final int MOST_TIMES = 10_000;
    private static final Duration LEAST_RETRY_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LEAST_DRAIN = Duration.ofSeconds(15);

    /** @throws IllegalArgumentException if it is out of its range */
    public Hurry {
        Require.that(times >= 1 && times <= MOST_TIMES, "the hurry is 1 to 10,000");
    }

    public Scenario of(Scenario scenario) {
        Phases phases = scenario.phases();
        return new Scenario(
                scenario.name(),
                scenario.about(),
                scenario.seed(),
                new Phases(
                        of(phases.rampUp()),
                        of(phases.steady()),
                        of(phases.rampDown()),
                        of(phases.drain(), LEAST_DRAIN)),
                scenario.groups().stream().map(this::of).toList());
    }

    private Group of(Group group) {
        return new Group(
                group.name(),
                group.count(),
                group.firmware(),
                of(group.connection()),
                of(group.report()),
                of(group.alarms()),
                of(group.sleep()),
                of(group.commands()),
                of(group.beacon()),
                of(group.roaming()),
                of(group.brownOuts()),
                of(group.network()));
    }

    private Connection of(Connection connection) {
        return new Connection(
                wholeSeconds(connection.keepAlive()),
                connection.cleanSession(),
                connection.will(),
                of(connection.retryInterval(), LEAST_RETRY_INTERVAL),
                connection.retryCount());
    }

    private @Nullable Report of(@Nullable Report report) {
        return report == null
                ? null
                : new Report(of(report.pace()), report.qos(), report.retain(), report.topic(), report.payload());
    }

    private Pace of(Pace pace) {
        return pace instanceof Pace.Every every
                ? new Pace.Every(of(every.interval()), every.jitter())
                : new Pace.OnAcknowledgement(of(((Pace.OnAcknowledgement) pace).pause()));
    }

    private @Nullable Alarms of(@Nullable Alarms alarms) {
        return alarms == null
                ? null
                : new Alarms(
                        of(alarms.every()),
                        alarms.burst(),
                        of(alarms.gap()),
                        alarms.qos(),
                        alarms.topic(),
                        alarms.payload());
    }

    private @Nullable Sleep of(@Nullable Sleep sleep) {
        return sleep == null ? null : new Sleep(wholeSeconds(sleep.period()), sleep.jitter());
    }

    private @Nullable Commands of(@Nullable Commands commands) {
        return commands == null
                ? null
                : new Commands(of(commands.every()), commands.qos(), commands.topic(), commands.payload());
    }

    private @Nullable Beacon of(@Nullable Beacon beacon) {
        return beacon == null
                ? null
                : new Beacon(
                        of(beacon.interval()), beacon.jitter(), beacon.topicId(), beacon.topic(), beacon.payload());
    }

    private @Nullable Roaming of(@Nullable Roaming roaming) {
        return roaming == null ? null : new Roaming(of(roaming.every()));
    }

    private @Nullable BrownOuts of(@Nullable BrownOuts brownOuts) {
        return brownOuts == null ? null : new BrownOuts(of(brownOuts.every()), of(brownOuts.outage()));
    }

    private NetworkConditions of(NetworkConditions network) {
        return new NetworkConditions(
                network.loss(),
                network.duplication(),
                network.reordering(),
                of(network.delay()),
                network.bitsPerSecond(),
                of(network.outageEvery()),
                of(network.outage()),
                of(network.natRebinding()));
    }

    private Delay of(Delay delay) {
        if (delay instanceof Delay.Fixed fixed) {
            return new Delay.Fixed(of(fixed.time()));
        }
        if (delay instanceof Delay.Uniform uniform) {
            return new Delay.Uniform(of(uniform.times()));
        }
        if (delay instanceof Delay.Normal normal) {
            return new Delay.Normal(of(normal.mean()), of(normal.deviation()));
        }
        Delay.LongTail tail = (Delay.LongTail) delay;
        return new Delay.LongTail(of(tail.least()), of(tail.mean()));
    }

    private Span<Duration> of(Span<Duration> span) {
        return new Span<>(of(span.least()), of(span.most()));
    }

    private Duration of(Duration time) {
        return time.dividedBy(times);
    }

    /** Divided no further than to the least, and not at all if it is less. */
    private Duration of(Duration time, Duration least) {
        Duration floor = time.compareTo(least) < 0 ? time : least;
        Duration divided = of(time);
        return divided.compareTo(floor) < 0 ? floor : divided;
    }

    private Duration wholeSeconds(Duration time) {
        return Duration.ofSeconds((time.toSeconds() + times - 1) / times);
    }
}
