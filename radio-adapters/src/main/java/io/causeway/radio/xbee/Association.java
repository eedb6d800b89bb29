package io.causeway.radio.xbee;

import io.causeway.radio.xbee.frame.AtResponse;
import io.causeway.radio.xbee.frame.Octets;
import java.time.Duration;
import java.util.Locale;

/**
 * Knows whether the radio is in a network: by what it says by itself, and by asking it (AI), which also tells whether it
 * is still there. Owned by the loop.
 */
final class Association implements AtExchange.Asker {
    /** What has changed. */
    interface Listener {
        void onJoined(long nowNanos);

        /** The radio says that it is in a network, though it has refused to send: what waits may be tried. */
        void onTrial(long nowNanos);

        /** @param cause in a sentence for the operator */
        void onNotJoined(String cause, long nowNanos);

        /** It answers nothing any more. */
        void onRadioSilent(long nowNanos);
    }

    private static final Duration POLL_UNTIL_JOINED = Duration.ofSeconds(3);
    /** Each further refusal of a radio that says it is in a network doubles the wait, up to {@link #POLL} and a bit. */
    private static final int MOST_BACK_OFF_SHIFT = 4;

    private static final Duration POLL = Duration.ofSeconds(30);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int TRIES = 3;
    private static final int JOINED = 0;
    private static final int LEFT = 0x13;
    private static final String NOT_JOINED = "the radio has not joined a network: ";

    private final AtExchange exchange;
    private final Listener listener;
    private boolean watching;
    private boolean joined;
    private int refusals;
    private long nextPollNanos;

    Association(AtExchange exchange, Listener listener) {
        this.exchange = exchange;
        this.listener = listener;
    }

    /** Begins to watch a radio that has just told what it is; one that does not know AI needs no network. */
    void begin(RadioIdentity radio, long nowNanos) {
        watching = true;
        joined = false;
        refusals = 0;
        onIndication((int) radio.value("AI", JOINED), nowNanos);
    }

    void stop() {
        watching = false;
        joined = false;
    }

    /** The radio has joined, or as a coordinator started, a network (modem status 02, 06). */
    void onNetworkUp(long nowNanos) {
        onIndication(JOINED, nowNanos);
    }

    /** The radio has left its network (modem status 03). */
    void onNetworkDown(long nowNanos) {
        onIndication(LEFT, nowNanos);
    }

    /** A transmission was refused for want of a network: the radio is asked before anything else is sent. */
    void onRefused(long nowNanos) {
        if (joined) {
            joined = false;
            nextPollNanos = nowNanos + (POLL_UNTIL_JOINED.toNanos() << Math.min(refusals, MOST_BACK_OFF_SHIFT));
            refusals++;
            listener.onNotJoined(NOT_JOINED + "it refuses to send", nowNanos);
        }
    }

    /** A transmission was not refused: what the radio says of its network is true. */
    void onAccepted(long nowNanos) {
        if (joined && refusals > 0) {
            refusals = 0;
            listener.onJoined(nowNanos);
        }
    }

    void onTick(long nowNanos) {
        if (watching && !exchange.isBusy() && nowNanos - nextPollNanos >= 0) {
            exchange.ask("AI", Octets.EMPTY, TRIES, WAIT, this, nowNanos);
        }
    }

    @Override
    public void onAnswer(AtResponse answer, long nowNanos) {
        boolean isKnown = answer.status() == 0 && !answer.value().isEmpty();
        onIndication(isKnown ? (int) answer.value().number() : JOINED, nowNanos);
    }

    @Override
    public void onSilence(String command, long nowNanos) {
        listener.onRadioSilent(nowNanos);
    }

    private void onIndication(int indication, long nowNanos) {
        if (!watching) {
            return;
        }
        boolean isJoined = indication == JOINED;
        nextPollNanos = nowNanos + (isJoined ? POLL : POLL_UNTIL_JOINED).toNanos();
        if (isJoined && !joined) {
            joined = true;
            if (refusals == 0) {
                listener.onJoined(nowNanos);
            } else {
                listener.onTrial(nowNanos);
            }
        } else if (!isJoined) {
            joined = false;
            refusals = 0; // which this explains
            listener.onNotJoined(NOT_JOINED + text(indication), nowNanos);
        }
    }

    /** What AI says, in words. */
    static String text(int indication) {
        String meaning = switch (indication) {
            case LEFT -> "it has left it";
            case 0x21 -> "it finds no network";
            case 0x22 -> "no network matches its channels (SC) and id (ID)";
            case 0x23 -> "the network lets nobody join";
            case 0x24 -> "it hears no beacons";
            case 0x25 -> "it is in an unexpected state";
            case 0x27 -> "joining failed, mostly for a wrong key (EE, KY)";
            case 0x2A -> "the coordinator could not start";
            case 0x2B -> "it looks for a coordinator";
            case 0x2C -> "it could not leave its old network";
            case 0xAB -> "it asked to join and nobody answered";
            case 0xAC, 0xAD, 0xAF -> "the network's key was not accepted or not received (EE, KY, NK)";
            case 0xFF -> "it is still looking";
            default -> "it does not say why";
        };
        return meaning + " (AI=" + Integer.toHexString(indication).toUpperCase(Locale.ROOT) + ")";
    }
}
