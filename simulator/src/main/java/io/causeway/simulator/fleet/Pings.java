package io.causeway.simulator.fleet;

import io.causeway.client.ClientException;
import io.causeway.client.ClientSession;
import io.causeway.client.ClientState;
import io.causeway.client.Done;
import io.causeway.client.Reply;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import java.time.Duration;

/** What a sensor sends PINGREQ for besides its keep-alive; one at a time. Owned by the thread of the run. */
final class Pings implements Reply<Done> {
    /** More often a sign of life tells nothing new, and gives the network more to lose. */
    private static final long LEAST_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final TimerWheel wheel;
    private final ClientSession session;
    private final Duration interval;
    private final Timer timer = new Timer((expired, nowNanos) -> pingAgain(nowNanos));
    private boolean isUnderWay;
    private long pingedNanos;

    /** @param interval zero: only when it is told */
    Pings(TimerWheel wheel, ClientSession session, Duration interval, long nowNanos) {
        this.wheel = wheel;
        this.session = session;
        this.interval = interval;
        this.pingedNanos = nowNanos - LEAST_INTERVAL_NANOS;
    }

    void start(long nowNanos) {
        if (!interval.isZero()) {
            wheel.arm(timer, nowNanos + interval.toNanos());
        }
    }

    void stop() {
        wheel.disarm(timer);
    }

    void ping(long nowNanos) {
        boolean isTime = nowNanos - pingedNanos >= LEAST_INTERVAL_NANOS;
        if (session.state() == ClientState.ACTIVE && !isUnderWay && isTime) {
            isUnderWay = true;
            pingedNanos = nowNanos;
            session.ping(this, nowNanos);
        }
    }

    private void pingAgain(long nowNanos) {
        ping(nowNanos);
        start(nowNanos);
    }

    @Override
    public void accepted(Done answer) {
        isUnderWay = false;
    }

    /** That the gateway is gone is told as the loss of the connection. */
    @Override
    public void failed(ClientException cause) {
        isUnderWay = false;
    }
}
