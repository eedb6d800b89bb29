package io.causeway.simulator.truth;

import io.causeway.client.IncomingMessage;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.payload.Stamp;
import io.causeway.simulator.payload.Stamped;
import io.causeway.simulator.payload.Stamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All streams of a run. Owned by the thread of the run. */
public final class Ledger {
    private final long run;
    private final List<MessageStream> streams = new ArrayList<>();
    private long foreign;

    /** @param run in the stamps of its messages; no other run has it */
    public Ledger(long run) {
        this.run = run;
    }

    public long run() {
        return run;
    }

    /** @param lateAfter on its way for longer than this, a message is late */
    public MessageStream open(Channel channel, Duration lateAfter) {
        MessageStream stream = new MessageStream(streams.size(), channel, lateAfter);
        streams.add(stream);
        return stream;
    }

    /**
     * A message has arrived at the broker. Commands that can be seen there have not arrived yet, and are passed over.
     *
     * @param isRedelivery whether the broker says that it may have delivered it before (DUP): a repetition is then its own,
     *     and not the gateway's
     * @return how long it took, if it is one of a sensor of this run, where it belongs, and for the first time
     */
    public OptionalLong onArrivedAtBroker(String topic, byte[] payload, boolean isRedelivery, long nowNanos) {
        Stamped message = find(payload);
        if (message == null || streamOf(message).channel().direction() == Direction.DOWN) {
            return OptionalLong.empty();
        }
        boolean isMisdelivered = !streamOf(message).channel().topic().equals(topic);
        return onArrived(message, isMisdelivered, isRedelivery, nowNanos);
    }

    /**
     * A message has arrived at a sensor.
     *
     * @param client the sensor's client id
     * @return how long it took, if it is a command of this run, where it belongs, and for the first time
     */
    public OptionalLong onArrivedAtSensor(String client, IncomingMessage incoming, long nowNanos) {
        Stamped message = find(incoming.payload().toByteArray());
        if (message == null) {
            return OptionalLong.empty();
        }
        Channel channel = streamOf(message).channel();
        boolean isMisdelivered = channel.direction() == Direction.UP
                || !channel.client().equals(client)
                || !channel.topic().equals(incoming.topicName());
        boolean isAsSent = message.isIntact() && !incoming.retain(); // no command is retained
        return onArrived(new Stamped(message.stamp(), isAsSent), isMisdelivered, false, nowNanos);
    }

    /** A sensor has refused a command for good: the gateway cannot deliver it. */
    public void onRefused(Octets payload) {
        Stamped message = find(payload.toByteArray());
        if (message != null && message.isIntact()) {
            streamOf(message).excuse(message.stamp().sequence());
        }
    }

    private OptionalLong onArrived(Stamped message, boolean isMisdelivered, boolean isRedelivery, long nowNanos) {
        MessageStream stream = streamOf(message);
        int sequence = message.stamp().sequence();
        if (!message.isIntact()) {
            stream.onCorrupted(sequence);
            return OptionalLong.empty();
        }
        if (isMisdelivered) {
            stream.onMisdelivered(sequence);
            return OptionalLong.empty();
        }
        long latencyNanos = nowNanos - message.stamp().sentNanos();
        boolean isNew = stream.onArrived(sequence, isRedelivery, latencyNanos);
        return isNew ? OptionalLong.of(latencyNanos) : OptionalLong.empty();
    }

    /** @return null if it is not of this run */
    private @Nullable Stamped find(byte[] payload) {
        Stamped message = Stamps.find(payload).orElse(null);
        if (message == null || !isOfThisRun(message.stamp())) {
            foreign++;
            return null;
        }
        return message;
    }

    private boolean isOfThisRun(Stamp stamp) {
        return stamp.run() == run
                && stamp.stream() < streams.size()
                && streams.get(stamp.stream()).isSent(stamp.sequence());
    }

    private MessageStream streamOf(Stamped message) {
        return streams.get(message.stamp().stream());
    }

    /** Messages that are not of this run, such as retained ones of an earlier run and those of other publishers. */
    public long foreign() {
        return foreign;
    }

    /** Of the streams that are meant, together. */
    public Tally tally(Predicate<Channel> meant) {
        return streams.stream()
                .filter(stream -> meant.test(stream.channel()))
                .map(MessageStream::tally)
                .reduce(Tally.NOTHING, Tally::plus);
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
        Culprits duplicated = stream.channel().qos() == Qos.EXACTLY_ONCE ? stream.repeated() : new Culprits();
        return Stream.of(
                        finding(Finding.Kind.MISSING, stream, missing),
                        finding(Finding.Kind.OUT_OF_ORDER, stream, stream.disordered()),
                        finding(Finding.Kind.DUPLICATED, stream, duplicated),
                        finding(Finding.Kind.MISDELIVERED, stream, stream.misdelivered()),
                        finding(Finding.Kind.CORRUPTED, stream, stream.corrupted()))
                .flatMap(finding -> finding);
    }

    private static Stream<Finding> finding(Finding.Kind kind, MessageStream stream, Culprits culprits) {
        return culprits.count() == 0
                ? Stream.empty()
                : Stream.of(new Finding(
                        kind, stream.channel().group(), stream.channel().client(), culprits.toString()));
    }
}
