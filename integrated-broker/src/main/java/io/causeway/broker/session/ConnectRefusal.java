package io.causeway.broker.session;

import io.causeway.routing.TopicName;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_MALFORMED_PACKET;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_PROTOCOL_ERROR;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_TOPIC_NAME_INVALID;

/**
 * Why a CONNECT is refused (MQTT 5 §3.2.2.2, MQTT 3.1.1 §3.2.2.3).
 *
 * @param reason of MQTT 5, whatever version the client speaks
 * @param count  under which it goes
 * @param cause  for people
 */
public record ConnectRefusal(MqttConnectReturnCode reason, BrokerCount count, String cause) {
    public static final ConnectRefusal BAD_CREDENTIALS = new ConnectRefusal(
            MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD,
            BrokerCount.CONNECTS_REFUSED_AUTHENTICATION,
            "bad user name or password");

    static final ConnectRefusal WILL_NOT_AUTHORIZED = new ConnectRefusal(
            MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5,
            BrokerCount.CONNECTS_REFUSED_NOT_AUTHORIZED,
            "not authorized to publish the will");

    static final ConnectRefusal TOO_MANY_SESSIONS = new ConnectRefusal(
            MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED,
            BrokerCount.CONNECTS_REFUSED_SESSIONS,
            "too many sessions");

    static final ConnectRefusal NOTHING_CAN_BE_KEPT = new ConnectRefusal(
            MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED,
            BrokerCount.CONNECTS_REFUSED_STORE,
            "nothing can be kept at present");

    static final ConnectRefusal PACKET_BOUND_TOO_LOW = new ConnectRefusal(
            MqttConnectReturnCode.CONNECTION_REFUSED_PACKET_TOO_LARGE,
            BrokerCount.CONNECTS_REFUSED_PROTOCOL,
            "the client's maximum packet size leaves no room for an answer");

    /** Highest QoS there is; the decoder lets 3 pass for a will. */
    private static final int MAX_QOS = 2;

    /** Of a CONNACK with an empty reason string. */
    private static final int CONNACK_OCTETS = 8;

    /**
     * What can be said of a CONNECT before its client is known: saves authenticating one that is refused anyway. {@link
     * MqttShard#connect} looks at it too.
     */
    public static Optional<ConnectRefusal> of(MqttConnectMessage connect) {
        MqttConnectVariableHeader header = connect.variableHeader();
        ConnectRefusal refusal = ofFlags(header);
        if (refusal == null) {
            refusal = ofClientId(connect);
        }
        if (refusal == null) {
            refusal = ofProperties(header.properties());
        }
        if (refusal == null && header.isWillFlag()) {
            refusal = ofWill(connect);
        }
        return Optional.ofNullable(refusal);
    }

    /** The answer, or nothing where MQTT 3 has no code for it: the connection is closed then. */
    public Optional<MqttConnAckMessage> answerTo(MqttConnectMessage connect) {
        ProtocolVersion version = ProtocolVersion.of(connect.variableHeader());
        if (version.isFive()) {
            return Optional.of(Answers.connAckRefused(reason, isCauseTaken(connect) ? cause : ""));
        }
        return codeOfMqtt3().map(code -> Answers.connAckRefused(code, ""));
    }

    /** [MQTT-3.2.2-19] */
    private boolean isCauseTaken(MqttConnectMessage connect) {
        long largest = PropertyReader.number(
                connect.variableHeader().properties(), MqttProperties.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE);
        return CONNACK_OCTETS + cause.length() <= largest;
    }

    private Optional<MqttConnectReturnCode> codeOfMqtt3() {
        return switch (reason) {
            case CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID ->
                Optional.of(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
            case CONNECTION_REFUSED_SERVER_UNAVAILABLE_5,
                    CONNECTION_REFUSED_SERVER_BUSY,
                    CONNECTION_REFUSED_QUOTA_EXCEEDED,
                    CONNECTION_REFUSED_CONNECTION_RATE_EXCEEDED ->
                Optional.of(MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
            case CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD ->
                Optional.of(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
            case CONNECTION_REFUSED_NOT_AUTHORIZED_5, CONNECTION_REFUSED_BANNED ->
                Optional.of(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
            default -> Optional.empty();
        };
    }

    private static @Nullable ConnectRefusal ofFlags(MqttConnectVariableHeader header) {
        boolean willWithoutFlag = !header.isWillFlag() && (header.willQos() != 0 || header.isWillRetain());
        if (willWithoutFlag || header.willQos() > MAX_QOS) {
            return malformed("will flags"); // [MQTT-3.1.2-11] [MQTT-3.1.2-12] [MQTT-3.1.2-13]
        }
        boolean mayLackUser = ProtocolVersion.of(header) != ProtocolVersion.MQTT_3_1_1;
        if (header.hasPassword() && !header.hasUserName() && !mayLackUser) {
            return malformed("password without user name"); // MQTT 3.1.1 [MQTT-3.1.2-22]
        }
        return null;
    }

    private static @Nullable ConnectRefusal ofClientId(MqttConnectMessage connect) {
        boolean mayBeEmpty = switch (ProtocolVersion.of(connect.variableHeader())) {
            case MQTT_3_1 -> false;
            case MQTT_3_1_1 -> connect.variableHeader().isCleanSession(); // 3.1.1 [MQTT-3.1.3-8]
            case MQTT_5 -> true;
        };
        if (connect.payload().clientIdentifier().isEmpty() && !mayBeEmpty) {
            return new ConnectRefusal(
                    CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID,
                    BrokerCount.CONNECTS_REFUSED_CLIENT_ID,
                    "empty client id");
        }
        return null;
    }

    private static @Nullable ConnectRefusal ofProperties(MqttProperties properties) {
        if (properties.isEmpty()) {
            return null;
        }
        if (PropertyReader.text(properties, MqttProperties.AUTHENTICATION_METHOD) != null) {
            return new ConnectRefusal(
                    CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD,
                    BrokerCount.CONNECTS_REFUSED_AUTHENTICATION,
                    "enhanced authentication is not supported"); // [MQTT-4.12.0-1]
        }
        boolean allowed = PropertyRules.CONNECT.allow(properties)
                && properties.getProperty(MqttProperties.AUTHENTICATION_DATA) == null
                && PropertyReader.number(properties, MqttProperties.RECEIVE_MAXIMUM, 1) != 0
                && PropertyReader.number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, 1) != 0
                && PropertyReader.isFlag(properties, MqttProperties.REQUEST_PROBLEM_INFORMATION)
                && PropertyReader.isFlag(properties, MqttProperties.REQUEST_RESPONSE_INFORMATION);
        return allowed ? null : protocolError("property that CONNECT cannot have");
    }

    private static @Nullable ConnectRefusal ofWill(MqttConnectMessage connect) {
        String topic = connect.payload().willTopic();
        if (topic == null || !TopicName.isValid(topic)) {
            return new ConnectRefusal(
                    CONNECTION_REFUSED_TOPIC_NAME_INVALID,
                    BrokerCount.CONNECTS_REFUSED_PROTOCOL,
                    "will topic is no topic name");
        }
        MqttProperties properties = connect.payload().willProperties();
        boolean allowed = PropertyRules.WILL.allow(properties) && PropertyReader.isSound(properties);
        return allowed ? null : protocolError("property that a will cannot have");
    }

    private static ConnectRefusal malformed(String what) {
        return new ConnectRefusal(
                CONNECTION_REFUSED_MALFORMED_PACKET, BrokerCount.CONNECTS_REFUSED_PROTOCOL, "malformed: " + what);
    }

    private static ConnectRefusal protocolError(String what) {
        return new ConnectRefusal(
                CONNECTION_REFUSED_PROTOCOL_ERROR, BrokerCount.CONNECTS_REFUSED_PROTOCOL, "protocol error: " + what);
    }
}
