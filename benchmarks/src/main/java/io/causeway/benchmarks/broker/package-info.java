/**
 * Load on MQTT brokers, side by side: what each carries between publishers and subscribers, and what a connection, a retained
 * topic and a start cost. The clients live on one event loop and write and read their packets themselves, so that they cost
 * little of a small machine and share no code with the broker that they measure.
 */
@NullMarked
package io.causeway.benchmarks.broker;

import org.jspecify.annotations.NullMarked;
