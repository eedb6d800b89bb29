package io.causeway.simulator.truth;

import io.causeway.codec.v12.Qos;

/**
 * What messages have in common that keep their order.
 *
 * @param group  of the sensor
 * @param client the sensor's client id
 * @param topic  its name
 */
public record Channel(String group, String client, Direction direction, String topic, Qos qos) {}
