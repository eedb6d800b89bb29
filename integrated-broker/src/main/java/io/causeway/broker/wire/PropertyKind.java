package io.causeway.broker.wire;

import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import org.jspecify.annotations.Nullable;

/** The properties of MQTT 5 that a client may send (MQTT 5 §2.2.2.2), and where. */
enum PropertyKind {
    PAYLOAD_FORMAT_INDICATOR(MqttProperties.PAYLOAD_FORMAT_INDICATOR, Form.FLAG, Place.PUBLISH, Place.WILL),
    MESSAGE_EXPIRY_INTERVAL(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, Form.FOUR_OCTETS, Place.PUBLISH, Place.WILL),
    CONTENT_TYPE(MqttProperties.CONTENT_TYPE, Form.TEXT, Place.PUBLISH, Place.WILL),
    RESPONSE_TOPIC(MqttProperties.RESPONSE_TOPIC, Form.TEXT, Place.PUBLISH, Place.WILL),
    CORRELATION_DATA(MqttProperties.CORRELATION_DATA, Form.BINARY, Place.PUBLISH, Place.WILL),
    SUBSCRIPTION_IDENTIFIER(MqttProperties.SUBSCRIPTION_IDENTIFIER, Form.VARIABLE_NOT_ZERO, Place.SUBSCRIBE),
    SESSION_EXPIRY_INTERVAL(MqttProperties.SESSION_EXPIRY_INTERVAL, Form.FOUR_OCTETS, Place.CONNECT, Place.DISCONNECT),
    AUTHENTICATION_METHOD(MqttProperties.AUTHENTICATION_METHOD, Form.TEXT, Place.CONNECT, Place.AUTH),
    AUTHENTICATION_DATA(MqttProperties.AUTHENTICATION_DATA, Form.BINARY, Place.CONNECT, Place.AUTH),
    REQUEST_PROBLEM_INFORMATION(MqttProperties.REQUEST_PROBLEM_INFORMATION, Form.FLAG, Place.CONNECT),
    WILL_DELAY_INTERVAL(MqttProperties.WILL_DELAY_INTERVAL, Form.FOUR_OCTETS, Place.WILL),
    REQUEST_RESPONSE_INFORMATION(MqttProperties.REQUEST_RESPONSE_INFORMATION, Form.FLAG, Place.CONNECT),
    REASON_STRING(MqttProperties.REASON_STRING, Form.TEXT, Place.ACKNOWLEDGEMENT, Place.DISCONNECT, Place.AUTH),
    RECEIVE_MAXIMUM(MqttProperties.RECEIVE_MAXIMUM, Form.TWO_OCTETS_NOT_ZERO, Place.CONNECT),
    TOPIC_ALIAS_MAXIMUM(MqttProperties.TOPIC_ALIAS_MAXIMUM, Form.TWO_OCTETS, Place.CONNECT),
    TOPIC_ALIAS(MqttProperties.TOPIC_ALIAS, Form.TWO_OCTETS, Place.PUBLISH),
    USER_PROPERTY(MqttProperties.USER_PROPERTY, Form.TEXT_PAIR, Place.values()),
    MAXIMUM_PACKET_SIZE(MqttProperties.MAXIMUM_PACKET_SIZE, Form.FOUR_OCTETS_NOT_ZERO, Place.CONNECT);

    /** Kinds by identifier. */
    private static final @Nullable PropertyKind[] BY_ID = byId();

    /** How the value is written, and what it may be. */
    enum Form {
        /** 0 or 1. */
        FLAG,
        TWO_OCTETS,
        TWO_OCTETS_NOT_ZERO,
        FOUR_OCTETS,
        FOUR_OCTETS_NOT_ZERO,
        VARIABLE_NOT_ZERO,
        TEXT,
        TEXT_PAIR,
        BINARY
    }

    /** Where properties stand. */
    enum Place {
        CONNECT,
        WILL,
        PUBLISH,
        /** PUBACK, PUBREC, PUBREL and PUBCOMP. */
        ACKNOWLEDGEMENT,
        SUBSCRIBE,
        UNSUBSCRIBE,
        DISCONNECT,
        AUTH;

        @SuppressWarnings("EnumOrdinal") // never stored or sent
        private int bit() {
            return 1 << ordinal();
        }

        /** Of the properties after the variable header. */
        static Place of(MqttMessageType type) {
            return switch (type) {
                case CONNECT -> CONNECT;
                case PUBLISH -> PUBLISH;
                case PUBACK, PUBREC, PUBREL, PUBCOMP -> ACKNOWLEDGEMENT;
                case SUBSCRIBE -> SUBSCRIBE;
                case UNSUBSCRIBE -> UNSUBSCRIBE;
                case DISCONNECT -> DISCONNECT;
                case AUTH -> AUTH;
                default -> throw new IllegalStateException(type + " of a client has no properties");
            };
        }
    }

    private final int id;
    private final Form form;
    /** One bit for each. */
    private final int places;

    PropertyKind(int id, Form form, Place... places) {
        this.id = id;
        this.form = form;
        int bits = 0;
        for (Place place : places) {
            bits |= place.bit();
        }
        this.places = bits;
    }

    /** @throws BadPacketException if there is none, or none that may stand there */
    static PropertyKind of(int id, Place place) {
        PropertyKind kind = id < BY_ID.length ? BY_ID[id] : null;
        if (kind == null || (kind.places & place.bit()) == 0) {
            throw BadPacketException.malformed("property " + id + " in " + place);
        }
        return kind;
    }

    int id() {
        return id;
    }

    Form form() {
        return form;
    }

    private static @Nullable PropertyKind[] byId() {
        @Nullable PropertyKind[] kinds = new @Nullable PropertyKind[MAXIMUM_PACKET_SIZE.id + 1];
        for (PropertyKind kind : values()) {
            kinds[kind.id] = kind;
        }
        return kinds;
    }
}
