package io.causeway.radio.xbee;

import io.causeway.radio.xbee.frame.AtCommand;
import io.causeway.radio.xbee.frame.AtResponse;
import io.causeway.radio.xbee.frame.Octets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the radio one AT command at a time, and again if it does not answer. Owned by the loop. */
final class AtExchange {
    /** Who asked. */
    interface Asker {
        void onAnswer(AtResponse answer, long nowNanos);

        /** No try was answered. */
        void onSilence(String command, long nowNanos);
    }

    private final RadioLine line;
    private final FrameIds ids;
    private @Nullable Question question;

    private static final class Question {
        final AtCommand command;
        final Asker asker;
        final long waitNanos;
        int triesLeft;
        long dueNanos;

        Question(AtCommand command, Asker asker, Duration wait, int tries) {
            this.command = command;
            this.asker = asker;
            this.waitNanos = wait.toNanos();
            this.triesLeft = tries;
        }
    }

    AtExchange(RadioLine line, FrameIds ids) {
        this.line = line;
        this.ids = ids;
    }

    /**
     * Asks.
     *
     * @param value of the parameter, empty to read it
     * @param wait  for the answer to each try
     * @throws IllegalStateException if an earlier question is still waiting for its answer
     */
    void ask(String command, Octets value, int tries, Duration wait, Asker asker, long nowNanos) {
        if (question != null) {
            throw new IllegalStateException(question.command + " is not answered yet");
        }
        question = new Question(new AtCommand(ids.take(), command, value), asker, wait, tries);
        tryOnce(question, nowNanos);
    }

    boolean isBusy() {
        return question != null;
    }

    void cancel() {
        if (question != null) {
            ids.free(question.command.frameId());
            question = null;
        }
    }

    void onResponse(AtResponse response, long nowNanos) {
        Question asked = question;
        if (asked == null
                || asked.command.frameId() != response.frameId()
                || !asked.command.command().equals(response.command())) {
            return;
        }
        cancel();
        asked.asker.onAnswer(response, nowNanos);
    }

    void onTick(long nowNanos) {
        Question asked = question;
        if (asked == null || nowNanos - asked.dueNanos < 0) {
            return;
        }
        if (asked.triesLeft > 0) {
            tryOnce(asked, nowNanos);
            return;
        }
        cancel();
        asked.asker.onSilence(asked.command.command(), nowNanos);
    }

    /** Each try has the same id, so that a late answer to an earlier one counts. */
    private void tryOnce(Question asked, long nowNanos) {
        asked.triesLeft--;
        asked.dueNanos = nowNanos + asked.waitNanos;
        line.send(asked.command);
    }
}
