package io.causeway.client;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.testkit.VirtualTime;
import io.causeway.timer.TimerWheel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A session in virtual time; the test plays the gateway. */
final class Rig implements ClientPort {
    private static final Duration TICK = Duration.ofMillis(10);

    final VirtualTime time = new VirtualTime();
    final List<IncomingMessage> messages = new ArrayList<>();
    final List<LossCause> losses = new ArrayList<>();
    final List<ReturnCode> rejections = new ArrayList<>();
    final List<Packet> repetitions = new ArrayList<>();
    final ClientSession session;

    private final TimerWheel wheel = new TimerWheel(TICK, time.nowNanos());
    private final List<Packet> sent = new ArrayList<>();

    Rig(ClientSettings settings) {
        session = new ClientSession(settings, wheel, this);
    }

    long now() {
        return time.nowNanos();
    }

    void receive(Packet packet) {
        session.receive(packet, now());
    }

    /** Lets time pass, and at its end a tick more, so that what is due by then has happened. */
    void pass(Duration duration) {
        for (long endNanos = now() + duration.toNanos(); now() - endNanos < 0; ) {
            time.advance(TICK);
            wheel.advance(now());
        }
    }

    /** What was sent since the last call. */
    List<Packet> sent() {
        List<Packet> result = List.copyOf(sent);
        sent.clear();
        return result;
    }

    @Override
    public void send(Packet packet) {
        sent.add(packet);
    }

    @Override
    public void onRepetition(Packet packet) {
        repetitions.add(packet);
    }

    @Override
    public void onMessage(IncomingMessage message) {
        messages.add(message);
    }

    @Override
    public void onRejection(ReturnCode returnCode) {
        rejections.add(returnCode);
    }

    @Override
    public void onConnectionLost(LossCause cause) {
        losses.add(cause);
    }
}
