/**
 * The whole gateway over real sockets: sensors on UDP on one side, a real broker with MQTT applications on the other.
 * What only all parts together can show is tested here; every rule of a single part is tested where that part is.
 */
@NullMarked
package io.causeway.gateway.e2e;

import org.jspecify.annotations.NullMarked;
