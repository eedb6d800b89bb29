/**
 * MQTT 3.1, 3.1.1 and 5 from the server's side, free of sockets, threads, clocks and files: time is an argument, and
 * packets leave through a {@link io.causeway.broker.session.ConnectionPort}. A {@link
 * io.causeway.broker.session.MqttShard} has the sessions of one loop, which outlive their connections; what the loops
 * share is in {@link io.causeway.broker.session.Broker}. Packets are the values of Netty's codec; a payload is copied once,
 * on its way in.
 */
@NullMarked
package io.causeway.broker.session;

import org.jspecify.annotations.NullMarked;
