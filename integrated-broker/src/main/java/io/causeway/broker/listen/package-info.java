/** Where MQTT clients come in: TCP, TLS and WebSocket. */
@NullMarked
package io.causeway.broker.listen;

import org.jspecify.annotations.NullMarked;
