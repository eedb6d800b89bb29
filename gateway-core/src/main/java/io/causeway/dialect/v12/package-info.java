/**
 * MQTT-SN 1.2 towards the sessions: datagrams come in here, are decoded and brought to the shard that owns their
 * client, and what sessions say goes out as packets. What only this version has, will prompting above all, is a small
 * machine in front of the sessions. Terms are those of the 1.2 specification where a packet is meant.
 */
@NullMarked
package io.causeway.dialect.v12;

import org.jspecify.annotations.NullMarked;
