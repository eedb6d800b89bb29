package io.causeway.simulator.truth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one sensor to one topic at one QoS, one way: what has an order, and is judged together. Its sender has one of
 * them under way at a time, and goes on when it is acknowledged or given up.
 *
 * <p>Every message is remembered by number, in a few bits; thousands in a row of which nothing is left open take no
 * memory at all. Owned by the thread of the run.
 */
public final class MessageStream {
    private static final int NONE = -1;

    private final int number;
    private final Channel channel;
    private final long lateAfterNanos;

    /** Null where a page is settled. */
    private final List<@Nullable Page> pages = new ArrayList<>(1);

    private final Culprits disordered = new Culprits();
    private final Culprits repeated = new Culprits();
    private final Culprits misdelivered = new Culprits();
    private final Culprits corrupted = new Culprits();
    private int sent;
    private long promised;
    private long excused;
    private long arrived;
    private long missing;
    private long late;
    private int highest = NONE;
    private int latest = NONE;
    /** What a receiver without memory had last: it may come once more. */
    private int forgotten = NONE;

    MessageStream(int number, Channel channel, Duration lateAfter) {
        this.number = number;
        this.channel = channel;
        this.lateAfterNanos = lateAfter.toNanos();
    }

    public int number() {
        return number;
    }

    public Channel channel() {
        return channel;
    }

    /** Gives the next message its number: it is about to be sent. */
    public int next() {
        if (sent % Page.MESSAGES == 0) {
            pages.add(new Page());
        }
        return sent++;
    }

    /**
     * Somebody has answered for the message: from now on it must arrive.
     *
     * @throws IndexOutOfBoundsException if nobody has sent it: a bug of the caller
     */
    public void onPromised(int sequence) {
        Objects.checkIndex(sequence, sent);
        Page page = pageOf(sequence);
        int index = sequence % Page.MESSAGES;
        if (page == null || page.isPromised(index) || page.isExcused(index)) {
            return;
        }
        page.promise(index);
        promised++;
        if (!page.hasArrived(index)) {
            missing++;
        } else if (page.isOvertaken(index)) {
            disordered.add(sequence);
        }
        forgetIfSettled(page, sequence);
    }

    /**
     * Withdraws the promise of all that has not arrived: whoever gave it need not keep it any more, because the session has
     * been deleted, or the receiver never came to fetch it.
     */
    public void excuse() {
        for (int sequence : missing().toArray()) {
            excuse(sequence);
        }
    }

    /**
     * Nobody has to answer for a message: its receiver has refused it. A promise that is given only later does not count.
     *
     * @param sequence of a message that was sent
     */
    void excuse(int sequence) {
        Page page = pageOf(sequence);
        int index = sequence % Page.MESSAGES;
        if (page == null || page.hasArrived(index) || page.isExcused(index)) {
            return;
        }
        if (page.isPromised(index)) {
            promised--;
            missing--;
        }
        page.excuse(index);
        excused++;
    }

    /** It came to another topic, or to another sensor. */
    void onMisdelivered(int sequence) {
        misdelivered.add(sequence);
    }

    /** It came as something else than what was sent. */
    void onCorrupted(int sequence) {
        corrupted.add(sequence);
    }

    /**
     * The receiver has lost its memory, and does not know any more that it has acknowledged the last message, or whether it
     * has: that one may come once more, even at QoS 2.
     */
    public void onReceiverForgot() {
        forgotten = latest;
    }

    boolean isSent(int sequence) {
        return sequence < sent;
    }

    /**
     * @param sequence      of a message that was sent
     * @param isRedelivery  whether the last hop says that it may be one of its own repetitions
     * @return whether it arrived for the first time
     */
    boolean onArrived(int sequence, boolean isRedelivery, long latencyNanos) {
        Page page = pageOf(sequence);
        int index = sequence % Page.MESSAGES;
        if (page == null || page.hasArrived(index)) {
            if (!isRedelivery && sequence != forgotten) {
                repeated.add(sequence);
            }
            return false;
        }
        if (page.isExcused(index)) {
            excused--;
        }
        boolean isOvertaken = sequence < highest;
        page.arrive(index, isOvertaken);
        arrived++;
        if (page.isPromised(index)) {
            missing--;
            if (isOvertaken) {
                disordered.add(sequence);
            }
        }
        highest = Math.max(highest, sequence);
        latest = sequence;
        if (latencyNanos > lateAfterNanos) {
            late++;
        }
        forgetIfSettled(page, sequence);
        return true;
    }

    private @Nullable Page pageOf(int sequence) {
        return pages.get(sequence / Page.MESSAGES);
    }

    private void forgetIfSettled(Page page, int sequence) {
        if (page.isSettled(channel.qos().isAcknowledged())) {
            pages.set(sequence / Page.MESSAGES, null);
        }
    }

    /** Numbers of what was promised and is not there, lowest first. */
    IntStream missing() {
        return IntStream.range(0, pages.size()).flatMap(this::missingOfPage);
    }

    private IntStream missingOfPage(int pageNumber) {
        Page page = pages.get(pageNumber);
        return page == null ? IntStream.empty() : page.missing().map(index -> pageNumber * Page.MESSAGES + index);
    }

    /**
     * What was promised, and came for the first time after a later one. One that was not promised can still be on its way
     * when its sender has given it up and gone on.
     */
    Culprits disordered() {
        return disordered;
    }

    /** What came more than once, as often as it did. */
    Culprits repeated() {
        return repeated;
    }

    Culprits misdelivered() {
        return misdelivered;
    }

    Culprits corrupted() {
        return corrupted;
    }

    /** All there is to count; costs nothing. */
    public Tally tally() {
        return new Tally(
                sent,
                promised,
                excused,
                arrived,
                missing,
                repeated.count(),
                disordered.count(),
                misdelivered.count(),
                corrupted.count(),
                late);
    }
}
