package io.causeway.simulator.fleet;

import io.causeway.simulator.scenario.BrownOuts;
import io.causeway.simulator.scenario.Commands;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.Roaming;
import io.causeway.timer.TimerWheel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What happens to a sensor by chance. Owned by the thread of the run. */
final class Incidents {
    private final List<Chance> chances = new ArrayList<>(0);
    private final @Nullable PowerCuts powerCuts;

    Incidents(World world, Group group, SplittableRandom random, SessionSensor sensor) {
        TimerWheel wheel = world.wheel();
        Roaming roaming = group.roaming();
        if (roaming != null) {
            chances.add(new Chance(wheel, random.split(), roaming.every(), sensor::roam));
        }
        Commands commands = group.commands();
        SplittableRandom ofCommands = random.split(); // with a broker or without, what follows is the same
        Broker broker = world.broker();
        if (commands != null && broker != null) {
            chances.add(new Chance(wheel, ofCommands, commands.every(), at -> sensor.command(broker, at)));
        }
        BrownOuts brownOuts = group.brownOuts();
        powerCuts = brownOuts == null ? null : new PowerCuts(wheel, brownOuts, random.split(), sensor);
    }

    void start(long nowNanos) {
        chances.forEach(chance -> chance.start(nowNanos));
        if (powerCuts != null) {
            powerCuts.start(nowNanos);
        }
    }

    /** Nothing more happens, but power that is lost returns. */
    void finish() {
        chances.forEach(Chance::stop);
        if (powerCuts != null) {
            powerCuts.finish();
        }
    }

    /** Nothing happens any more. */
    void end() {
        chances.forEach(Chance::stop);
        if (powerCuts != null) {
            powerCuts.end();
        }
    }
}
