package io.causeway.broker.session;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import java.util.Optional;

/**
 * Why a CONNECT is refused (MQTT 5 §3.2.2.2, MQTT 3.1.1 §3.2.2.3).
 *
 * @param reason of MQTT 5, whatever version the client speaks
 * @param count  under which it goes
 * @param cause  for people
 */
public record ConnectRefusal(MqttConnectReturnCode reason, BrokerCount count, String cause) {

    /**
     * What can be said of a CONNECT before its client is known: saves authenticating one that is refused anyway. {@link
     * MqttShard#connect} looks at it too.
     */
    public static Optional<ConnectRefusal> of(MqttConnectMessage connect) {
        return Optional.empty();
    }

    /** The answer, or nothing where MQTT 3 has no code for it: the connection is closed then. */
    public Optional<MqttConnAckMessage> answerTo(MqttConnectMessage connect) {
        return Optional.empty();
    }
}
