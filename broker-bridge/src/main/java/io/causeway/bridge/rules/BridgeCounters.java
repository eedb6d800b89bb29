package io.causeway.bridge.rules;

import java.util.concurrent.atomic.LongAdder;

/** What crossed a bridge, since the start. Safe for many threads. */
public final class BridgeCounters {
    final LongAdder out = new LongAdder();
    final LongAdder in = new LongAdder();
    final LongAdder droppedOut = new LongAdder();
    final LongAdder droppedIn = new LongAdder();
    final LongAdder echoes = new LongAdder();

    /** Messages for the other broker that are on their way or in the journal. */
    public long out() {
        return out.sum();
    }

    /** Messages of the other broker that were brought in. */
    public long in() {
        return in.sum();
    }

    /** Messages for the other broker that did not cross: no room, or such as it does not take, or no name for them there. */
    public long droppedOut() {
        return droppedOut.sum();
    }

    /** Messages of the other broker that no rule means. */
    public long droppedIn() {
        return droppedIn.sum();
    }

    /** Messages that came back, and were dropped. */
    public long echoes() {
        return echoes.sum();
    }
}
