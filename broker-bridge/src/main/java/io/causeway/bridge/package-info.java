/**
 * Upstreams over the wire. The aggregating one carries all clients of the gateway on one MQTT 3.1.1 connection to a
 * broker, or on a small pool of them: it holds what waits for the broker within bounds, keeps the connection alive,
 * resends after a loss, and subscribes on behalf of everybody. With a {@link io.causeway.bridge.JournalSettings journal} it
 * promises delivery also while the broker is away: what it has promised is in the store until the broker has it.
 *
 * <p>The MQTT client proper stands behind {@link io.causeway.bridge.MqttConnection}; only the classes whose name
 * begins with {@code Paho} know which one it is. Each connection has one worker thread, which owns all that the
 * Javadoc of a class does not say otherwise of.
 */
@NullMarked
package io.causeway.bridge;

import org.jspecify.annotations.NullMarked;
