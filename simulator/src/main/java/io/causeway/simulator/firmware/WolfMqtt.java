package io.causeway.simulator.firmware;

/** wolfMQTT's sn-client: registers a topic and then subscribes to it, and expects the same topic id. */
final class WolfMqtt implements Habits {
    @Override
    public boolean registersBeforeSubscribing() {
        return true;
    }
}
