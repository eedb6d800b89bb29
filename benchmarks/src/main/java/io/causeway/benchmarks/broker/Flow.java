package io.causeway.benchmarks.broker;

/**
 * Who publishes to whom: every message of every publisher goes to every subscriber.
 *
 * @param qos of the messages and of the subscriptions
 */
record Flow(int publishers, int subscribers, int qos) {
    /**
     * Copies that are under way at once: the same in all flows, and few enough for the bounded queues of a broker, so that
     * nothing has to be dropped.
     */
    private static final int COPIES_UNDER_WAY = 1_000;

    /** Messages that a publisher has under way at most: not acknowledged, or not arrived everywhere. */
    int window() {
        return Math.max(1, COPIES_UNDER_WAY / (publishers * subscribers));
    }

    boolean isAcknowledged() {
        return qos > 0;
    }

    /** As in {@code 100->1 QoS 1}. */
    String title() {
        return publishers + "->" + subscribers + " QoS " + qos;
    }
}
