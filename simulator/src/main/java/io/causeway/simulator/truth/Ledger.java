package io.causeway.simulator.truth;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.payload.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All streams of a run. Owned by the thread of the run. */
public final class Ledger {
    /** In the words of a finding. */
    private static final int MOST_NUMBERS = 5;

    private final int run;
    private final List<MessageStream> streams = new ArrayList<>();
    private long foreign;

    /** @param run in the stamps of its messages */
    public Ledger(int run) {
        this.run = run;
    }

    public int run() {
        return run;
    }

    /** @param lateAfter on its way for longer than this, a message is late */
    public MessageStream open(String group, String client, Direction direction, Qos qos, Duration lateAfter) {
        MessageStream stream = new MessageStream(streams.size(), group, client, direction, qos, lateAfter);
        streams.add(stream);
        return stream;
    }

    /**
     * A message has arrived where it was to go.
     *
     * @return whether it is one of this run, for the first time
     */
    public boolean onArrived(Stamp stamp, long nowNanos) {
        boolean known = stamp.run() == run && stamp.stream() >= 0 && stamp.stream() < streams.size();
        if (!known || stamp.sequence() < 0) {
            foreign++;
            return false;
        }
        return streams.get(stamp.stream()).onArrived(stamp.sequence(), nowNanos - stamp.sentNanos());
    }

    /** A message that carries no stamp of this run. */
    public void onForeign() {
        foreign++;
    }

    public long foreign() {
        return foreign;
    }

    /** Of the streams that are meant, together. */
    public Tally tally(Predicate<MessageStream> meant) {
        return streams.stream().filter(meant).map(MessageStream::tally).reduce(Tally.NOTHING, Tally::plus);
    }

    /**
     * Every promise that was broken, once nothing more is to be expected.
     *
     * @param most of them
     */
    public List<Finding> findings(int most) {
        return streams.stream()
                .flatMap(each -> findings(each).stream())
                .limit(most)
                .toList();
    }

    private static List<Finding> findings(MessageStream stream) {
        List<Finding> findings = new ArrayList<>();
        IntFunction<String> messages = count -> count == 1 ? "1 message" : count + " messages";
        BitSet missing = stream.missing();
        if (!missing.isEmpty()) {
            String detail = messages.apply(missing.cardinality()) + " " + numbers(missing);
            findings.add(new Finding(Finding.Kind.MISSING, stream.group(), stream.client(), detail));
        }
        BitSet disordered = stream.outOfOrder();
        if (!disordered.isEmpty()) {
            String detail = messages.apply(disordered.cardinality()) + " " + numbers(disordered);
            findings.add(new Finding(Finding.Kind.OUT_OF_ORDER, stream.group(), stream.client(), detail));
        }
        long duplicates = stream.tally().duplicates();
        if (stream.qos() == Qos.EXACTLY_ONCE && duplicates > 0) {
            findings.add(new Finding(
                    Finding.Kind.DUPLICATED, stream.group(), stream.client(), duplicates + " more than once"));
        }
        return findings;
    }

    private static String numbers(BitSet sequences) {
        String first = sequences.stream()
                .limit(MOST_NUMBERS)
                .mapToObj(sequence -> "#" + sequence)
                .collect(Collectors.joining(", "));
        return sequences.cardinality() > MOST_NUMBERS ? first + " ..." : first;
    }
}
