package io.causeway.simulator.firmware;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Publish;

/** What is on both sides of a firmware's habits. */
public interface Sides {
    void toGateway(Packet packet);

    void toSession(Packet packet);

    /** A message was refused for good: the gateway cannot deliver it. */
    void onRefused(Publish publish);

    /** The gateway cannot deliver anything any more before the sensor has subscribed again. */
    void onDeaf();
}
