package io.causeway.client;

import java.time.Duration;

/**
 * How a client introduces itself and how patient it is.
 *
 * @param clientId         not empty; gateways must take 1 to 23 characters (1.2 §5.3.1)
 * @param keepAlive        the longest silence, 0 (no supervision) to 65,535 s, in whole seconds
 * @param cleanSession     whether CONNECT deletes what the gateway still has of this client (1.2 §6.3)
 * @param will             {@link Will#NONE} for none
 * @param retryInterval    T_retry: after this time without answer a request is repeated (1.2 §6.13)
 * @param retryCount       N_retry: how often, before the connection counts as lost
 * @param publishWindow    unanswered PUBLISH of QoS 1 and 2; more than the one that 1.2 §6.6 allows is for load tests
 * @param queuedRequests   how many requests of each kind may wait to be sent
 * @param carriesOver      whether messages that are under way when the connection is lost go on in the next one; else they
 *                         fail. At QoS 2, exactly once holds over connections only with this, and with the same gateway
 */
public record ClientSettings(
        String clientId,
        Duration keepAlive,
        boolean cleanSession,
        Will will,
        Duration retryInterval,
        int retryCount,
        int publishWindow,
        int queuedRequests,
        boolean carriesOver) {
    private static final int MAX_SECONDS = 65_535;
    private static final int MAX_QUEUED_REQUESTS = 10_000;

    /** @throws IllegalArgumentException if a value is outside its range, or the values contradict each other */
    public ClientSettings {
        require(!clientId.isEmpty(), "clientId must not be empty");
        requireWireSeconds(keepAlive, "keepAlive");
        require(!retryInterval.isNegative() && !retryInterval.isZero(), "retryInterval must be more than nothing");
        require(retryCount >= 0, "retryCount must not be negative");
        require(publishWindow >= 1 && publishWindow <= MAX_QUEUED_REQUESTS, "publishWindow must be 1 to 10,000");
        require(queuedRequests >= 1 && queuedRequests <= MAX_QUEUED_REQUESTS, "queuedRequests must be 1 to 10,000");
        require(!carriesOver || !cleanSession, "carriesOver needs a session that is kept: cleanSession false");
    }

    /** One minute of keep-alive, a clean session, no will, T_retry 10 s, N_retry 3 and a window of 1. */
    public static Builder forClient(String clientId) {
        return new Builder(clientId);
    }

    static void requireWireSeconds(Duration duration, String name) {
        require(
                duration.getNano() == 0 && duration.getSeconds() >= 0 && duration.getSeconds() <= MAX_SECONDS,
                name + " must be 0 to 65,535 whole seconds: " + duration);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Settings, one by one; all but the client id have a default. */
    public static final class Builder {
        private final String clientId;
        private Duration keepAlive = Duration.ofMinutes(1);
        private boolean cleanSession = true;
        private Will will = Will.NONE;
        private Duration retryInterval = Duration.ofSeconds(10);
        private int retryCount = 3;
        private int publishWindow = 1;
        private int queuedRequests = 1_000;
        private boolean carriesOver;

        private Builder(String clientId) {
            this.clientId = clientId;
        }

        public Builder keepAlive(Duration longestSilence) {
            keepAlive = longestSilence;
            return this;
        }

        public Builder cleanSession(boolean clean) {
            cleanSession = clean;
            return this;
        }

        public Builder will(Will newWill) {
            will = newWill;
            return this;
        }

        /** T_retry and N_retry. */
        public Builder retry(Duration interval, int count) {
            retryInterval = interval;
            retryCount = count;
            return this;
        }

        public Builder publishWindow(int messages) {
            publishWindow = messages;
            return this;
        }

        public Builder queuedRequests(int requests) {
            queuedRequests = requests;
            return this;
        }

        /** Messages under way survive the loss of a connection; the session must be kept, too. */
        public Builder carriesOver(boolean carries) {
            carriesOver = carries;
            return this;
        }

        /** @throws IllegalArgumentException if a value is outside its range, or the values contradict each other */
        public ClientSettings build() {
            return new ClientSettings(
                    clientId,
                    keepAlive,
                    cleanSession,
                    will,
                    retryInterval,
                    retryCount,
                    publishWindow,
                    queuedRequests,
                    carriesOver);
        }
    }
}
