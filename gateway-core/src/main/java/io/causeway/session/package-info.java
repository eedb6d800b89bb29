/**
 * Clients and their sessions, free of any protocol version: connecting, topic aliases, message flows both ways,
 * sleeping, wills and supervision. Single-threaded: everything here belongs to the event loop of its
 * {@link io.causeway.session.Shard}, time is an argument, and output goes through a
 * {@link io.causeway.session.ClientPort}. What must survive a restart is recorded as it changes, and a client hears of a
 * change when it is durable. Terms are those of MQTT-SN 2.0.
 */
@NullMarked
package io.causeway.session;

import org.jspecify.annotations.NullMarked;
