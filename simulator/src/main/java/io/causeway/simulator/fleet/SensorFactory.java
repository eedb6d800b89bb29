package io.causeway.simulator.fleet;

import io.causeway.client.Will;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.firmware.Habits;
import io.causeway.simulator.payload.PayloadWriter;
import io.causeway.simulator.scenario.Alarms;
import io.causeway.simulator.scenario.Beacon;
import io.causeway.simulator.scenario.Commands;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.Pace;
import io.causeway.simulator.scenario.PayloadTemplate;
import io.causeway.simulator.scenario.Report;
import io.causeway.simulator.scenario.Sleep;
import io.causeway.simulator.scenario.TopicPattern;
import io.causeway.simulator.truth.Channel;
import io.causeway.simulator.truth.Direction;
import io.causeway.simulator.truth.MessageStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes the sensors of a group. Owned by the thread of the run. */
final class SensorFactory {
    private static final Octets LAST_WORDS = Octets.utf8("lost");

    private final World world;
    private final Crew crew;
    private final Group group;

    SensorFactory(World world, Crew crew) {
        this.world = world;
        this.crew = crew;
        this.group = crew.group();
    }

    /**
     * @param index  in its group, from 0
     * @param random for all that is left to chance with this sensor
     * @throws IOException if there is no socket left
     */
    Sensor make(int index, SplittableRandom random) throws IOException {
        String clientId = world.run() + "-" + group.name() + "-" + index;
        Beacon beacon = group.beacon();
        if (beacon != null) {
            return new BeaconSensor(
                    world, crew, beacon, stream(clientId, Direction.UP, beacon.topic(), Qos.MINUS_ONE), random);
        }
        return new SessionSensor(
                world,
                crew,
                new SensorParts(
                        clientId,
                        will(clientId),
                        sources(clientId, index, random.split()),
                        commands(clientId, index, random.split()),
                        sleepCycle(random.split()),
                        random));
    }

    private Will will(String clientId) {
        return group.connection().will()
                ? new Will("will/" + world.run() + "/" + clientId, LAST_WORDS, Qos.AT_LEAST_ONCE, false)
                : Will.NONE;
    }

    private List<Source> sources(String clientId, int index, SplittableRandom random) {
        List<Source> sources = new ArrayList<>(2);
        Report report = group.report();
        if (report != null) {
            sources.add(new Source(
                    occasions(report.pace(), random.split()),
                    false,
                    report.retain(),
                    stream(clientId, Direction.UP, name(report.topic(), clientId, index), report.qos()),
                    payloads(report.payload(), random)));
        }
        Alarms alarms = group.alarms();
        if (alarms != null) {
            sources.add(new Source(
                    new Bursts(alarms, random.split(), world.nowNanos()),
                    true,
                    false,
                    stream(clientId, Direction.UP, name(alarms.topic(), clientId, index), alarms.qos()),
                    payloads(alarms.payload(), random)));
        }
        return sources;
    }

    private Occasions occasions(Pace pace, SplittableRandom random) {
        return pace instanceof Pace.Every every
                ? new Rhythm(every.interval(), every.jitter(), random, world.nowNanos())
                : new AfterAnswer((Pace.OnAcknowledgement) pace, world.nowNanos());
    }

    private @Nullable CommandChannel commands(String clientId, int index, SplittableRandom random) {
        Commands commands = group.commands();
        return commands == null
                ? null
                : new CommandChannel(
                        world,
                        Habits.of(group.firmware()).canReceive(commands.qos()),
                        stream(clientId, Direction.DOWN, name(commands.topic(), clientId, index), commands.qos()),
                        payloads(commands.payload(), random));
    }

    private @Nullable SleepCycle sleepCycle(SplittableRandom random) {
        Sleep sleep = group.sleep();
        return sleep == null ? null : new SleepCycle(sleep, random, world.nowNanos());
    }

    private String name(TopicPattern pattern, String clientId, int index) {
        return pattern.of(world.run(), group.name(), clientId, index);
    }

    private MessageStream stream(String clientId, Direction direction, String topic, Qos qos) {
        return world.ledger().open(new Channel(group.name(), clientId, direction, topic, qos), world.lateAfter());
    }

    private static PayloadWriter payloads(PayloadTemplate template, SplittableRandom random) {
        return new PayloadWriter(template, random.split());
    }
}
