package io.causeway.radio.serial;

import io.causeway.radio.DatagramListener;
import io.causeway.radio.LinkMeter;
import io.causeway.radio.LinkState;
import io.causeway.radio.LogLimit;
import io.causeway.radio.framing.Encapsulation;
import io.causeway.radio.framing.FrameDecoder;
import io.causeway.radio.framing.FrameMeter;
import io.causeway.radio.port.SerialLineListener;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes over the line of one {@link SerialTransport}. Belongs to the line's event loop, but for what is volatile,
 * which any thread may read.
 */
final class LineReceiver implements SerialLineListener {
    private static final Logger log = LoggerFactory.getLogger(SerialTransport.class);

    static final int FORWARDED = 0xFE;
    static final int ENVELOPE_OCTETS = 3;

    /** In place of the length of a node id: the last message was in no envelope. */
    static final int NO_ENVELOPE = -1;

    private final String link;
    private final SerialSettings settings;
    private final SerialAddress peer;
    private final EventExecutor loop;
    private final LongSupplier nanoClock;
    private final LinkMeter meter;
    private final FrameMeter frames;
    private final DatagramListener listener;
    private final FrameDecoder decoder;
    private final Intelligibility intelligibility = new Intelligibility();
    private final LogLimit errorLines;

    private boolean isTimerSet;
    private volatile LinkState state = new LinkState.Down("its port is being opened");
    private volatile int nodeIdOctets = NO_ENVELOPE;

    LineReceiver(
            String link,
            SerialSettings settings,
            SerialAddress peer,
            EventExecutor loop,
            LongSupplier nanoClock,
            LinkMeter meter,
            FrameMeter frames,
            DatagramListener listener) {
        this.link = link;
        this.settings = settings;
        this.peer = peer;
        this.loop = loop;
        this.nanoClock = nanoClock;
        this.meter = meter;
        this.frames = frames;
        this.listener = listener;
        this.decoder = settings.framing().decoder(settings.received(), frames, this::onMessage);
        this.errorLines = new LogLimit(nanoClock.getAsLong());
    }

    LinkState state() {
        return state;
    }

    /** How long the node id in the last message was, or {@link #NO_ENVELOPE}. */
    int nodeIdOctets() {
        return nodeIdOctets;
    }

    @Override
    public void onUp() {
        decoder.reset();
        intelligibility.onMessage(frames.discardedOctets());
        state = LinkState.UP;
    }

    @Override
    public void onDown(String cause) {
        state = new LinkState.Down(cause);
    }

    @Override
    public void onLost(int writes) {
        for (int i = 0; i < writes; i++) {
            meter.sendFailed();
        }
    }

    @Override
    public void onOctets(ByteBuf octets) {
        long nowNanos = nanoClock.getAsLong();
        decoder.decode(octets, nowNanos);
        if (decoder.awaitsSilence() && !isTimerSet) {
            setTimer();
        }
        if (state.equals(LinkState.UP) && intelligibility.isLost(frames.discardedOctets(), nowNanos)) {
            state = new LinkState.Degraded(question());
            log.warn("{}: {}", link, state);
        }
    }

    private String question() {
        String framing = settings.framing().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String envelopes = settings.encapsulation() == Encapsulation.AUTO
                ? ""
                : ", and encapsulation " + settings.encapsulation().name().toLowerCase(Locale.ROOT);
        return "octets arrive but no message: are " + settings.line().bitsPerSecond() + " bit/s and framing " + framing
                + envelopes + " right?";
    }

    private void setTimer() {
        isTimerSet = true;
        long delayNanos = settings.interOctetTimeout().toNanos();
        Future<?> unused = loop.schedule(this::onTimer, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void onTimer() {
        isTimerSet = false;
        decoder.onTime(nanoClock.getAsLong());
        if (decoder.awaitsSilence()) {
            setTimer();
        }
    }

    private void onMessage(ByteBuf message) {
        int octets = message.readableBytes();
        meter.received(octets);
        intelligibility.onMessage(frames.discardedOctets());
        if (state instanceof LinkState.Degraded) {
            state = LinkState.UP;
            log.info("{}: messages arrive", link);
        }
        boolean isForwarded = message.getUnsignedByte(1) == FORWARDED;
        nodeIdOctets = isForwarded ? message.getUnsignedByte(0) - ENVELOPE_OCTETS : NO_ENVELOPE;
        try {
            listener.onDatagram(peer, message, false);
        } catch (Exception e) {
            meter.listenerFailed();
            if (errorLines.passes(nanoClock.getAsLong())) {
                log.error("{}: {} octets dropped, handling them failed", link, octets, e);
            }
        }
    }
}
