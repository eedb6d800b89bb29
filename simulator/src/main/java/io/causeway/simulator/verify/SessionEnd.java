package io.causeway.simulator.verify;

import io.causeway.simulator.network.SocketLoop;
import io.netty.handler.codec.mqtt.MqttMessage;
import java.io.IOException;

/**
 * Has the broker delete a session: a clean one in its place lasts no longer than its connection (MQTT 3.1.1 §3.1.2.4).
 * Owned by the thread of the run.
 */
final class SessionEnd implements BrokerConnection.Listener {
    private final BrokerConnection connection;

    /**
     * @param clientId of the session, whose own connection is to be closed by then
     * @throws IOException if there is no such host, or the authorities cannot be read
     */
    SessionEnd(SocketLoop loop, BrokerTarget broker, String clientId) throws IOException {
        this.connection = new BrokerConnection(loop, broker, clientId, true, this);
    }

    /** As far as the broker answers in time. */
    void bringAbout() {
        try {
            connection.open(BrokerConnection.GOODBYE_TIME);
        } catch (IOException away) {
            return; // it keeps the session, and there is nobody to tell
        }
        connection.close();
    }

    @Override
    public void onConnected(boolean isSessionPresent) {}

    @Override
    public void onPacket(MqttMessage packet) {}

    @Override
    public void onLost() {}
}
