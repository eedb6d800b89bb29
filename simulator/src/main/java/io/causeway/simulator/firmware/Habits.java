package io.causeway.simulator.firmware;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.scenario.Connection;
import io.causeway.simulator.scenario.Firmware;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * The habits of one sensor's firmware. What is not overridden is done as the specification says. Owned by the thread of the
 * run.
 */
public interface Habits {
    /** Those of a sensor that has just got its power. */
    static Habits of(Firmware firmware) {
        return switch (firmware) {
            case STANDARD -> new Habits() {};
            case EMCUTE -> new Emcute();
            case ASYMCUTE -> new Asymcute();
            case ZEPHYR -> new Zephyr();
            case PAHO -> new Paho();
            case WOLFMQTT -> new WolfMqtt();
            case ARDUINO -> new Arduino();
        };
    }

    /** How it connects if the scenario wants it to connect in a way. */
    default Connection connection(Connection wanted) {
        return wanted;
    }

    /** From one PINGREQ to the next, whatever else is sent; zero for one only when there is nothing else to send. */
    default Duration pingInterval() {
        return Duration.ZERO;
    }

    /** Whether its MsgIds begin anywhere. */
    default boolean hasRandomMsgIds() {
        return false;
    }

    /** Whether it sends REGISTER for a topic before it subscribes to it. */
    default boolean registersBeforeSubscribing() {
        return false;
    }

    /** Whether it looks for a gateway before it connects, and then connects to the one it has in any case. */
    default boolean searches() {
        return false;
    }

    /** Whether it can receive messages of that QoS, so that a gateway can be expected to deliver them. */
    default boolean canReceive(Qos qos) {
        return true;
    }

    /** Whether it understands what the gateway has kept for it when it connects again, topic ids assigned anew included. */
    default boolean canCatchUp() {
        return true;
    }

    /** The session sends a packet. */
    default void send(Packet packet, Sides sides) {
        sides.toGateway(packet);
    }

    /** The gateway has sent a packet. */
    default void receive(Packet packet, Sides sides) {
        sides.toSession(packet);
    }

    /** Writes the datagram that a packet becomes. */
    default void encode(Packet packet, ByteBuf out) {
        PacketCodec.encode(packet, out);
    }
}
