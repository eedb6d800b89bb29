package io.causeway.simulator.scenario;

/** Whose habits a sensor has, as far as they show on the wire. */
public enum Firmware {
    /** What the specification says. */
    STANDARD,
    /** RIOT's emcute. */
    EMCUTE,
    /** RIOT's asymcute. */
    ASYMCUTE,
    /** Zephyr's mqtt_sn. */
    ZEPHYR,
    /** Eclipse Paho's MQTTSNPacket, and what is built on it. */
    PAHO,
    /** wolfMQTT's sn-client. */
    WOLFMQTT,
    /** The MQTT-SN client library for Arduino, with NULs behind its names. */
    ARDUINO
}
