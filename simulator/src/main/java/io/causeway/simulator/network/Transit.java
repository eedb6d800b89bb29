package io.causeway.simulator.network;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.PriorityQueue;

/** All datagrams that are on their way. Owned by the thread of the run. */
public final class Transit {
    private final PriorityQueue<Datagram> underWay = new PriorityQueue<>();
    private long entered;

    /** @param datagram borrowed for the call */
    void carry(ByteBuf datagram, long arrivalNanos, Path.Exit exit, long nowNanos) {
        if (arrivalNanos - nowNanos <= 0) {
            exit.leave(datagram, nowNanos);
        } else {
            underWay.add(new Datagram(arrivalNanos, entered++, Unpooled.copiedBuffer(datagram), exit));
        }
    }

    /** Lets come out what has arrived by now. */
    public void advance(long nowNanos) {
        for (Datagram next = underWay.peek();
                next != null && next.arrivalNanos - nowNanos <= 0;
                next = underWay.peek()) {
            underWay.remove();
            next.exit.leave(next.content, nowNanos);
        }
    }

    /** @return until {@link #advance} has something to do: 0 if that is now, {@link Long#MAX_VALUE} if nothing is under way */
    public long nanosToNext(long nowNanos) {
        Datagram next = underWay.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.arrivalNanos - nowNanos);
    }

    /** @param number in the order of their entry, which decides between those that arrive at the same time */
    private record Datagram(long arrivalNanos, long number, ByteBuf content, Path.Exit exit)
            implements Comparable<Datagram> {
        @Override
        public int compareTo(Datagram other) {
            int byArrival = Long.signum(arrivalNanos - other.arrivalNanos);
            return byArrival != 0 ? byArrival : Long.compare(number, other.number);
        }
    }
}
