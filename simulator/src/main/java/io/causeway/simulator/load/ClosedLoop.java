package io.causeway.simulator.load;

/** Every client's next message goes out at the acknowledgement of the one before. */
final class ClosedLoop implements Schedule {
    @Override
    public void onIdle(FleetClient client, long nowNanos) {
        client.publish(nowNanos);
    }

    @Override
    public void publishDue(long nowNanos) {}
}
