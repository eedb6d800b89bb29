/**
 * Who gets which application message: topic filters, the subscription trie, retained messages and the hand-over to
 * the owners of the subscribers. Knows MQTT's rules of topics and nothing of packets, sessions or links, so that an
 * MQTT-SN session and an MQTT session can stand on the same one.
 */
@NullMarked
package io.causeway.routing;

import org.jspecify.annotations.NullMarked;
