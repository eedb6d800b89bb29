package io.causeway.simulator.fleet;

import io.causeway.client.ClientException;
import io.causeway.client.ClientSession;
import io.causeway.client.Done;
import io.causeway.client.NoResponseException;
import io.causeway.client.Reply;
import io.causeway.simulator.report.Trouble;

/**
 * The wake-ups of a sleeper, in which it fetches what the gateway has for it (1.2 §6.14). Owned by the thread of the run.
 */
final class Slumber implements Reply<Done> {
    private final World world;
    private final Crew crew;
    private final SleepCycle cycle;
    private final Wire wire;
    private final ClientSession session;
    private final Uptime uptime;

    Slumber(World world, Crew crew, SleepCycle cycle, Wire wire, ClientSession session, Uptime uptime) {
        this.world = world;
        this.crew = crew;
        this.cycle = cycle;
        this.wire = wire;
        this.session = session;
        this.uptime = uptime;
    }

    SleepCycle cycle() {
        return cycle;
    }

    void wake(long nowNanos) {
        cycle.wake(nowNanos);
        session.awaken(this, nowNanos);
    }

    @Override
    public void accepted(Done answer) {
        long nowNanos = world.nowNanos();
        cycle.onFetched(wire.openSinceNanos(nowNanos), nowNanos);
        uptime.goOn(nowNanos);
    }

    /** If it failed with the connection, {@link Uptime#onConnectionLost} tells. */
    @Override
    public void failed(ClientException cause) {
        if (!(cause instanceof NoResponseException)) {
            return;
        }
        crew.suffer(Trouble.WAKE_UNANSWERED);
        if (cycle.onMissed()) {
            uptime.giveUp();
        } else {
            uptime.goOn(world.nowNanos());
        }
    }
}
