package io.causeway.simulator.load;

import java.io.IOException;

/** The owner of a socket; attached to its selection key. */
interface Receiver {
    /** There is something to read, or was a moment ago. */
    void onReadable(long nowNanos) throws IOException;
}
