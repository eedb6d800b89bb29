package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.upstream.Refusal;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What an aggregating upstream has done and holds, over all its connections. Free to use from any thread. */
public final class UpstreamCounters {
    private final LongAdder connects = new LongAdder();
    private final LongAdder losses = new LongAdder();
    private final LongAdder failedConnects = new LongAdder();
    private final LongAdder resubscriptions = new LongAdder();
    private final List<LongAdder> publishedByQos = List.of(new LongAdder(), new LongAdder(), new LongAdder());
    private final LongAdder congested = new LongAdder();
    private final LongAdder notSupported = new LongAdder();
    private final LongAdder heldMessages = new LongAdder();
    private final LongAdder heldOctets = new LongAdder();
    private final LongAdder inflight = new LongAdder();
    private final LongAdder droppedAtLoss = new LongAdder();
    private final LongAdder arrived = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder retainedUnasked = new LongAdder();
    private final LongAdder outsidePrefix = new LongAdder();
    private final LongAdder journaled = new LongAdder();
    private final LongAdder drained = new LongAdder();
    private final LongAdder droppedByBound = new LongAdder();
    private final LongAdder droppedByAge = new LongAdder();
    private final LongAdder droppedUnsendable = new LongAdder();
    private final LongAdder droppedUnreadable = new LongAdder();
    private final LongAdder refusedByBound = new LongAdder();
    private final LongAdder journalMessages = new LongAdder();
    private final LongAdder journalOctets = new LongAdder();

    /** Connections that the broker accepted. */
    public long connects() {
        return connects.sum();
    }

    /** Connections that ended without our doing. */
    public long losses() {
        return losses.sum();
    }

    /** Attempts to connect that came to nothing. */
    public long failedConnects() {
        return failedConnects.sum();
    }

    /** Filters subscribed again after a reconnect. */
    public long resubscriptions() {
        return resubscriptions.sum();
    }

    /** Messages that the broker has acknowledged, at QoS 0: that were handed to the connection. */
    public long published(Qos qos) {
        return publishedByQos.get(qos.value()).sum();
    }

    /** Publishes and subscriptions refused. */
    public long refused(Refusal refusal) {
        return adderOf(refusal).sum();
    }

    /** Messages waiting or unacknowledged now. */
    public long heldMessages() {
        return heldMessages.sum();
    }

    /** Octets of topic and payload in them. */
    public long heldOctets() {
        return heldOctets.sum();
    }

    /** Messages handed to the connection and not acknowledged now. */
    public long inflight() {
        return inflight.sum();
    }

    /** QoS 0 messages that went down with a connection before they were sent. */
    public long droppedAtLoss() {
        return droppedAtLoss.sum();
    }

    /** Messages from the broker. */
    public long arrived() {
        return arrived.sum();
    }

    /** Messages from the broker, at QoS 1 and 2, that it was told we have. */
    public long acknowledged() {
        return acknowledged.sum();
    }

    /** Retained messages that came with a re-subscription and that no subscriber was waiting for. */
    public long retainedUnasked() {
        return retainedUnasked.sum();
    }

    /** Messages from the broker whose topic does not begin with our prefix. */
    public long outsidePrefix() {
        return outsidePrefix.sum();
    }

    /** Messages that went into the journal. */
    public long journaled() {
        return journaled.sum();
    }

    /** Messages of the journal that the broker has acknowledged, also of an earlier life. */
    public long drained() {
        return drained.sum();
    }

    /** Messages of the journal that made room for others. */
    public long droppedByBound() {
        return droppedByBound.sum();
    }

    /** Messages of the journal that became too old. */
    public long droppedByAge() {
        return droppedByAge.sum();
    }

    /** Messages of the journal that the broker would never have taken. */
    public long droppedUnsendable() {
        return droppedUnsendable.sum();
    }

    /** Messages of the journal that the store could not give back. */
    public long droppedUnreadable() {
        return droppedUnreadable.sum();
    }

    /** Messages refused because the journal had no room. */
    public long refusedByBound() {
        return refusedByBound.sum();
    }

    /** Messages in the journal now. */
    public long journalMessages() {
        return journalMessages.sum();
    }

    /** Octets of topic and payload in them. */
    public long journalOctets() {
        return journalOctets.sum();
    }

    void connected() {
        connects.increment();
    }

    void lost() {
        losses.increment();
    }

    void connectFailed() {
        failedConnects.increment();
    }

    void resubscribed(int filters) {
        resubscriptions.add(filters);
    }

    void publishedOne(Qos qos) {
        publishedByQos.get(qos.value()).increment();
    }

    void refusedOne(Refusal refusal) {
        adderOf(refusal).increment();
    }

    void held(int messages, long octets) {
        heldMessages.add(messages);
        heldOctets.add(octets);
    }

    void inflightChanged(int by) {
        inflight.add(by);
    }

    void droppedOneAtLoss() {
        droppedAtLoss.increment();
    }

    void arrivedOne() {
        arrived.increment();
    }

    void acknowledgedOne() {
        acknowledged.increment();
    }

    void retainedUnaskedOne() {
        retainedUnasked.increment();
    }

    void outsidePrefixOne() {
        outsidePrefix.increment();
    }

    void journaledOne() {
        journaled.increment();
    }

    void drainedOne() {
        drained.increment();
    }

    void droppedOneByBound() {
        droppedByBound.increment();
    }

    void droppedOneByAge() {
        droppedByAge.increment();
    }

    void droppedOneUnsendable() {
        droppedUnsendable.increment();
    }

    void droppedOneUnreadable() {
        droppedUnreadable.increment();
    }

    void refusedOneByBound() {
        refusedByBound.increment();
    }

    void journalChanged(int messages, long octets) {
        journalMessages.add(messages);
        journalOctets.add(octets);
    }

    private LongAdder adderOf(Refusal refusal) {
        return switch (refusal) {
            case CONGESTION -> congested;
            case NOT_SUPPORTED -> notSupported;
        };
    }
}
