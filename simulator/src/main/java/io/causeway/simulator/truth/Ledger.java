package io.causeway.simulator.truth;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.payload.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All streams of a run. Owned by the thread of the run. */
public final class Ledger {
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
     * A message of a sensor has arrived at the broker. Commands that can be seen there have not arrived yet, and are passed
     * over.
     *
     * @param isRedelivery whether the broker says that it may have delivered it before (DUP): a repetition is then its own,
     *     and not the gateway's
     * @return whether it is one of this run, for the first time
     */
    public boolean onArrivedAtBroker(Stamp stamp, boolean isRedelivery, long nowNanos) {
        if (!isOfThisRun(stamp)) {
            foreign++;
            return false;
        }
        MessageStream stream = streams.get(stamp.stream());
        return stream.direction() == Direction.UP
                && stream.onArrived(stamp.sequence(), isRedelivery, nowNanos - stamp.sentNanos());
    }

    /**
     * A command has arrived at a sensor. One that was for another sensor is foreign.
     *
     * @param client the sensor's client id
     * @return whether it is one of this run for this sensor, for the first time
     */
    public boolean onArrivedAtSensor(Stamp stamp, String client, long nowNanos) {
        if (!isOfThisRun(stamp) || !isFor(client, streams.get(stamp.stream()))) {
            foreign++;
            return false;
        }
        return streams.get(stamp.stream()).onArrived(stamp.sequence(), false, nowNanos - stamp.sentNanos());
    }

    private boolean isOfThisRun(Stamp stamp) {
        return stamp.run() == run
                && stamp.stream() < streams.size()
                && streams.get(stamp.stream()).isSent(stamp.sequence());
    }

    private static boolean isFor(String client, MessageStream stream) {
        return stream.direction() == Direction.DOWN && stream.client().equals(client);
    }

    /** A message that carries no stamp. */
    public void onForeign() {
        foreign++;
    }

    /** Messages that are not of this run, such as retained ones of an earlier run and those of other publishers. */
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
        return streams.stream().flatMap(Ledger::findings).limit(most).toList();
    }

    private static Stream<Finding> findings(MessageStream stream) {
        Culprits missing = new Culprits();
        stream.missing().forEach(missing::add);
        Culprits duplicated = stream.qos() == Qos.EXACTLY_ONCE ? stream.repeated() : new Culprits();
        return Stream.of(
                        finding(Finding.Kind.MISSING, stream, missing),
                        finding(Finding.Kind.OUT_OF_ORDER, stream, stream.disordered()),
                        finding(Finding.Kind.DUPLICATED, stream, duplicated))
                .flatMap(finding -> finding);
    }

    private static Stream<Finding> finding(Finding.Kind kind, MessageStream stream, Culprits culprits) {
        return culprits.count() == 0
                ? Stream.empty()
                : Stream.of(new Finding(kind, stream.group(), stream.client(), culprits.toString()));
    }
}
