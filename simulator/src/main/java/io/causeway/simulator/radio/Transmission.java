package io.causeway.simulator.radio;

import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.RadioAddresses;

/**
 * What the gateway has its radio send, whatever the form of the frame.
 *
 * @param frameId       what the status bears; 0 for none
 * @param destination64 {@link RadioAddresses#UNKNOWN_64} if only the other is given
 * @param destination16 {@link RadioAddresses#UNKNOWN_16} if only the other is given
 * @param radius        of a broadcast
 * @param payload       what is carried
 */
record Transmission(int frameId, long destination64, int destination16, int radius, Octets payload) {
    boolean isBroadcast() {
        return destination64 == RadioAddresses.BROADCAST_64
                || (destination64 == RadioAddresses.UNKNOWN_64 && destination16 == RadioAddresses.BROADCAST_16);
    }
}
