package io.causeway.bridge.rules;

import io.causeway.bridge.LinkWatch;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows again what was sent across and comes back because the other broker serves all its subscribers, the bridge too. Of
 * each message one is awaited, from when it is sent until some time after the other broker has it: in doubt one comes
 * twice, and none is lost.
 *
 * <p>A broker that takes us for a bridge sends nothing back, and what comes is no echo, however alike: unless so many come
 * in a row, and so various, that it must be one that accepts the word and ignores it. Safe for many threads.
 */
public final class Echoes implements LinkWatch {
    /** How long after its acknowledgement a message may come back: it may wait there behind others for us. */
    static final Duration AWAITED = Duration.ofSeconds(30);

    /** More than so many that are acknowledged and have not come back are forgotten, the oldest first. */
    static final int MOST = 100_000;

    /** So many in a row are no coincidence, if they are not the same few all the time: both sides may have a heartbeat. */
    static final int PROOF = 10;

    /** By topic and content. */
    static final int VARIETY = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Echoes.class);

    private final String bridge;
    private final List<BridgeRule> rules;
    private final LongSupplier nanoTime;
    private final Map<Key, Integer> unacknowledged = new HashMap<>();
    private final Map<Key, Deque<Acknowledged>> acknowledged = new HashMap<>();
    /** Those, and some that have come back. */
    private final Deque<Acknowledged> inOrder = new ArrayDeque<>();

    private boolean asBridge;
    /** In a row, from a broker that takes us for a bridge. */
    private int comebacks;

    private final Set<Key> differentComebacks = new HashSet<>();
    private boolean told;

    /** In place of the content its digest is kept: there may be many, and large ones. */
    private record Key(String topic, Octets digest) {
        private static Key of(ApplicationMessage message) {
            try {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                byte[] content = message.payload().toByteArray();
                return new Key(message.topic(), Octets.of(sha256.digest(content)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /** At QoS 0 it is only sent. */
    private static final class Acknowledged {
        private final Key key;
        private final Qos qos;
        private long untilNanos;

        private Acknowledged(Key key, Qos qos, long untilNanos) {
            this.key = key;
            this.qos = qos;
            this.untilNanos = untilNanos;
        }
    }

    /**
     * @param bridge as the log names it
     * @param rules  what none of them brings in does not come back
     */
    public Echoes(String bridge, List<BridgeRule> rules, LongSupplier nanoTime) {
        this.bridge = bridge;
        this.rules = List.copyOf(rules);
        this.nanoTime = nanoTime;
    }

    /** What waits for us there waits as long as we are away. */
    @Override
    public synchronized void onConnected(
            boolean sessionPresent, boolean nowAsBridge, List<ApplicationMessage> sentAgain) {
        long untilNanos = nanoTime.getAsLong() + AWAITED.toNanos();
        asBridge = nowAsBridge;
        if (!sessionPresent) {
            acknowledged.clear();
            inOrder.clear();
        }
        inOrder.forEach(each -> each.untilNanos = untilNanos);
        sentAgain.forEach(this::onSent);
    }

    @Override
    public synchronized void onSent(ApplicationMessage message) {
        if (!comesBack(message)) {
            return;
        }
        if (message.qos() == Qos.AT_MOST_ONCE) {
            awaitFromNowOn(Key.of(message), message.qos());
        } else {
            unacknowledged.merge(Key.of(message), 1, Integer::sum);
        }
    }

    @Override
    public synchronized void onWithdrawn(ApplicationMessage message) {
        if (!comesBack(message)) {
            return;
        }
        Key key = Key.of(message);
        if (message.qos() == Qos.AT_MOST_ONCE) {
            takeAcknowledged(key);
        } else {
            takeUnacknowledged(key);
        }
    }

    /** Unless it has come back already. */
    @Override
    public synchronized void onAcknowledged(ApplicationMessage message) {
        if (!comesBack(message)) {
            return;
        }
        Key key = Key.of(message);
        if (takeUnacknowledged(key)) {
            awaitFromNowOn(key, message.qos());
        }
    }

    /** What the other broker may not have is not awaited before it is sent again. */
    @Override
    public synchronized void onLost() {
        forgetOld();
        unacknowledged.clear();
        inOrder.stream().filter(each -> each.qos == Qos.AT_MOST_ONCE).forEach(this::forget);
    }

    /** Whether what comes was sent from here, and is to be dropped; it is not awaited any more then. */
    synchronized boolean isEcho(ApplicationMessage message) {
        forgetOld();
        Key key = Key.of(message);
        if (!takeAcknowledged(key) && !takeUnacknowledged(key)) {
            return false;
        }
        if (!asBridge || isProof()) {
            return true;
        }
        comebacks++;
        differentComebacks.add(key);
        if (isProof() && !told) {
            told = true;
            LOG.info(
                    "Bridge '{}': the broker there sends us back our own; they are known by topic and content", bridge);
        }
        return false;
    }

    private boolean isProof() {
        return comebacks >= PROOF && differentComebacks.size() >= VARIETY;
    }

    private boolean comesBack(ApplicationMessage sent) {
        for (BridgeRule rule : rules) {
            if (rule.isIn() && rule.remoteFilter().matches(sent.topic())) {
                return true;
            }
        }
        return false;
    }

    private void awaitFromNowOn(Key key, Qos qos) {
        forgetOld();
        if (inOrder.size() >= MOST) {
            forget(inOrder.remove());
        }
        Acknowledged awaited = new Acknowledged(key, qos, nanoTime.getAsLong() + AWAITED.toNanos());
        inOrder.add(awaited);
        acknowledged.computeIfAbsent(key, unused -> new ArrayDeque<>(1)).add(awaited);
    }

    /** One that did not come back although the other broker has it tells that it sends nothing back. */
    private void forgetOld() {
        long nowNanos = nanoTime.getAsLong();
        for (Acknowledged first = inOrder.peek();
                first != null && nowNanos - first.untilNanos >= 0;
                first = inOrder.peek()) {
            inOrder.remove();
            if (forget(first) && first.qos != Qos.AT_MOST_ONCE) {
                comebacks = 0;
                differentComebacks.clear();
            }
        }
    }

    /** The oldest of those that are alike. */
    private boolean takeAcknowledged(Key key) {
        Deque<Acknowledged> alike = acknowledged.get(key);
        return alike != null && forget(alike.element());
    }

    /** False if it is not awaited any more. */
    private boolean forget(Acknowledged one) {
        Deque<Acknowledged> alike = acknowledged.get(one.key);
        if (alike == null || !alike.remove(one)) {
            return false;
        }
        if (alike.isEmpty()) {
            acknowledged.remove(one.key);
        }
        return true;
    }

    private boolean takeUnacknowledged(Key key) {
        Integer count = unacknowledged.get(key);
        if (count == null) {
            return false;
        }
        if (count == 1) {
            unacknowledged.remove(key);
        } else {
            unacknowledged.put(key, count - 1);
        }
        return true;
    }
}
