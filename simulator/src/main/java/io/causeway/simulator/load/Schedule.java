package io.causeway.simulator.load;

/** Decides which client publishes when. Owned by the thread of the run. */
interface Schedule {
    /** Before the first client is ready, and after the end. */
    Schedule NOTHING = new Schedule() {
        @Override
        public void onIdle(FleetClient client, long nowNanos) {}

        @Override
        public void publishDue(long nowNanos) {}
    };

    /** The client can publish a message. It stays so until it is told to publish. */
    void onIdle(FleetClient client, long nowNanos);

    /** Called every turn of the loop. */
    void publishDue(long nowNanos);
}
