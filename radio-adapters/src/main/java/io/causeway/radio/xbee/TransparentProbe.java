package io.causeway.radio.xbee;

import java.time.Duration;

/**
 * Asks whether a radio is in transparent mode, in which it sends whatever comes through the air: it is brought into its
 * command mode by {@code +++} between two silences, and set to an API mode if that is wanted. Owned by the loop.
 */
final class TransparentProbe {
    /** Guard time (GT) is 1 s by default. */
    private static final Duration SILENCE = Duration.ofMillis(1_100);

    private static final Duration ANSWER_WAIT = Duration.ofSeconds(1);
    private static final String ATTENTION = "+++";
    private static final String OK = "OK\r";
    private static final int MOST_TEXT = 64;

    /** How it ended. */
    interface Listener {
        /** No such radio is here. */
        void onNoTransparentRadio(long nowNanos);

        /**
         * One is here, and left as it was.
         *
         * @param ap its mode: 0 transparent, 4 MicroPython
         */
        void onTransparentRadio(String ap, long nowNanos);

        /** One was here, and is in an API mode now. */
        void onSwitched(long nowNanos);
    }

    private enum Step {
        IDLE,
        SILENCE,
        ATTENTION,
        ASKING,
        SETTING,
        SAVING
    }

    private final RadioLine line;
    private final Listener listener;
    private final StringBuilder text = new StringBuilder();
    private Step step = Step.IDLE;
    private long dueNanos;
    private String setting = "";

    TransparentProbe(RadioLine line, Listener listener) {
        this.line = line;
        this.listener = listener;
    }

    boolean isRunning() {
        return step != Step.IDLE;
    }

    /**
     * Begins; nothing may be written by anybody else until it ends.
     *
     * @param newSetting the command that sets what is wanted, for instance {@code ATAP2}; empty to set nothing
     */
    void begin(String newSetting, long nowNanos) {
        setting = newSetting;
        text.setLength(0);
        next(Step.SILENCE, SILENCE, nowNanos);
    }

    void cancel() {
        step = Step.IDLE;
    }

    /** Takes what the line brings while this runs. */
    void onText(String more, long nowNanos) {
        if (text.length() + more.length() > MOST_TEXT) {
            text.setLength(0);
        }
        text.append(more);
        switch (step) {
            case ATTENTION -> {
                if (text.toString().endsWith(OK)) {
                    say("ATAP", Step.ASKING, nowNanos);
                }
            }
            case ASKING -> {
                if (text.toString().endsWith("\r")) {
                    onMode(text.toString().trim(), nowNanos);
                }
            }
            case SETTING -> {
                if (text.toString().endsWith(OK)) {
                    say("ATWR", Step.SAVING, nowNanos);
                }
            }
            case SAVING -> {
                if (text.toString().endsWith(OK)) {
                    leave();
                    listener.onSwitched(nowNanos);
                }
            }
            case IDLE, SILENCE -> {}
        }
    }

    void onTick(long nowNanos) {
        if (step == Step.IDLE || nowNanos - dueNanos < 0) {
            return;
        }
        if (step == Step.SILENCE) {
            text.setLength(0);
            line.send(ATTENTION);
            next(Step.ATTENTION, SILENCE.plus(ANSWER_WAIT), nowNanos);
        } else if (step == Step.ATTENTION) {
            step = Step.IDLE;
            listener.onNoTransparentRadio(nowNanos);
        } else {
            leave();
            listener.onTransparentRadio("?", nowNanos); // it has said OK before it fell silent
        }
    }

    private void onMode(String ap, long nowNanos) {
        if (!setting.isEmpty()) {
            say(setting, Step.SETTING, nowNanos);
            return;
        }
        leave();
        listener.onTransparentRadio(ap, nowNanos);
    }

    private void leave() {
        line.send("ATCN\r");
        step = Step.IDLE;
    }

    private void say(String command, Step nextStep, long nowNanos) {
        text.setLength(0);
        line.send(command + "\r");
        next(nextStep, ANSWER_WAIT, nowNanos);
    }

    private void next(Step nextStep, Duration wait, long nowNanos) {
        step = nextStep;
        dueNanos = nowNanos + wait.toNanos();
    }
}
