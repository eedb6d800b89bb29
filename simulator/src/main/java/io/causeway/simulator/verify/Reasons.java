package io.causeway.simulator.verify;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;

/** Why there is no connection to the broker, in words for the operator. */
final class Reasons {
    private Reasons() {}

    static String of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    /** @param refusal any but "accepted" */
    static String of(MqttConnectReturnCode refusal) {
        return switch (refusal) {
            case CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION -> "the broker does not speak MQTT 3.1.1";
            case CONNECTION_REFUSED_IDENTIFIER_REJECTED -> "the broker does not accept the client id";
            case CONNECTION_REFUSED_SERVER_UNAVAILABLE -> "the broker says that it is unavailable";
            case CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD -> "the broker says: bad user name or password";
            case CONNECTION_REFUSED_NOT_AUTHORIZED -> "the broker says: not authorized";
            default -> "the broker refuses with return code " + refusal.byteValue();
        };
    }
}
