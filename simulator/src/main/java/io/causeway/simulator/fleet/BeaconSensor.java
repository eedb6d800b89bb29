package io.causeway.simulator.fleet;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.simulator.payload.PayloadWriter;
import io.causeway.simulator.payload.Stamp;
import io.causeway.simulator.report.SensorState;
import io.causeway.simulator.scenario.Beacon;
import io.causeway.simulator.scenario.Roaming;
import io.causeway.simulator.truth.MessageStream;
import io.causeway.timer.Timer;
import java.io.IOException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A sensor that publishes at QoS -1 and knows nothing of connections (1.2 §6.8). Owned by the thread of the run. */
final class BeaconSensor implements Sensor, Wire.Listener {
    private static final int NO_MSG_ID = 0;

    private final World world;
    private final Beacon beacon;
    private final MessageStream stream;
    private final PayloadWriter payloads;
    private final Wire wire;
    private final Rhythm rhythm;
    private final @Nullable Chance roaming;
    private final Timer timer = new Timer((expired, nowNanos) -> publish(nowNanos));
    private boolean isOn;
    private boolean hasLeft;

    /** @throws IOException if there is no socket left */
    BeaconSensor(World world, Crew crew, Beacon beacon, MessageStream stream, SplittableRandom random)
            throws IOException {
        this.world = world;
        this.beacon = beacon;
        this.stream = stream;
        this.payloads = new PayloadWriter(beacon.payload(), random.split());
        this.wire = new Wire(world, crew, random.split(), this);
        this.rhythm = new Rhythm(beacon.interval(), beacon.jitter(), random.split(), world.nowNanos());
        Roaming moves = crew.group().roaming();
        this.roaming =
                moves == null ? null : new Chance(world.wheel(), random.split(), moves.every(), at -> wire.rebind());
    }

    @Override
    public SensorState state() {
        return isOn ? SensorState.BEACON : SensorState.OFF;
    }

    @Override
    public void start(long nowNanos) {
        isOn = true;
        rhythm.restart(nowNanos);
        world.wheel().arm(timer, rhythm.dueNanos());
        if (roaming != null) {
            roaming.start(nowNanos);
        }
    }

    /** It waits for nobody, for it connects to nobody. */
    @Override
    public void hold() {}

    @Override
    public void release(long nowNanos) {}

    private void publish(long nowNanos) {
        rhythm.onTaken(nowNanos);
        world.wheel().arm(timer, rhythm.dueNanos());
        Stamp stamp = new Stamp(world.ledger().run(), stream.number(), stream.next(), nowNanos);
        world.meter().onSent();
        wire.send(new Publish(
                false,
                Qos.MINUS_ONE,
                false,
                TopicIdType.PREDEFINED,
                beacon.topicId(),
                NO_MSG_ID,
                payloads.write(stamp)));
    }

    @Override
    public void finish(long nowNanos) {
        world.wheel().disarm(timer);
        if (roaming != null) {
            roaming.stop();
        }
    }

    @Override
    public boolean isSettled() {
        return true;
    }

    @Override
    public void fetch(long nowNanos) {}

    @Override
    public boolean isMissingCommands() {
        return false;
    }

    @Override
    public boolean isUnanswered(long nowNanos) {
        return false;
    }

    @Override
    public void excuse(long finishedNanos, long nowNanos) {}

    /** It has nobody to say goodbye to. */
    @Override
    public void leave(long nowNanos) {
        close();
    }

    @Override
    public boolean hasLeft() {
        return hasLeft;
    }

    @Override
    public void close() {
        finish(world.nowNanos());
        isOn = false;
        hasLeft = true;
        wire.close();
    }

    /** Nobody answers a beacon. */
    @Override
    public void onPacket(Packet packet, long nowNanos) {
        world.meter().onHeard(nowNanos);
    }

    @Override
    public void onRefused(Publish publish) {}

    @Override
    public void onDeaf() {}
}
