package io.causeway.radio.port;

import java.time.Duration;

/**
 * How much time a line gives and takes.
 *
 * @param gap           to leave between two writes
 * @param patience      how much longer a write may take than its octets do on the line, before the port is closed
 * @param shortestRetry when a port is opened again that was lost or could not be opened
 * @param longestRetry  likewise, after many attempts
 */
record LineTiming(Duration gap, Duration patience, Duration shortestRetry, Duration longestRetry) {}
