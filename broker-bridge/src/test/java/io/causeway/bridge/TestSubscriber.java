package io.causeway.bridge;

import io.causeway.routing.Delivery;
import io.causeway.routing.DeliveryTarget;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A subscriber that writes down what it gets, and confirms at once or when the test says so. */
final class TestSubscriber implements Subscriber, DeliveryTarget {
    private final String clientId;
    private final List<String> received = new ArrayList<>();
    private final List<Runnable> unconfirmed = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private boolean confirming = true;
    private @Nullable Change keeping;
    private @Nullable Changes kept;

    TestSubscriber(String clientId) {
        this.clientId = clientId;
    }

    /** Keeps this with each message that is one step with something. */
    void keep(Change change) {
        keeping = change;
    }

    /** What the last message was one step with. */
    Changes kept() {
        return Objects.requireNonNull(kept);
    }

    void holdConfirmations() {
        confirming = false;
    }

    synchronized void confirmAll() {
        List<Runnable> due = List.copyOf(unconfirmed);
        unconfirmed.clear();
        due.forEach(Runnable::run);
    }

    /** Each as {@code topic payload QoS}, with an R if it came as retained. */
    synchronized List<String> takeReceived() {
        List<String> taken = List.copyOf(received);
        received.clear();
        return taken;
    }

    /** The filters that it was told to have lost. */
    synchronized List<String> lost() {
        return List.copyOf(lost);
    }

    @Override
    public synchronized void onSubscriptionLost(TopicFilter filter) {
        lost.add(filter.value());
    }

    synchronized List<String> received() {
        return List.copyOf(received);
    }

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public DeliveryTarget owner() {
        return this;
    }

    @Override
    public synchronized void deliver(Delivery delivery) {
        for (Delivery.Recipient recipient : delivery.recipients()) {
            int qos = recipient.qos().min(delivery.message().qos()).value();
            received.add(delivery.message().topic() + " "
                    + delivery.message().payload().toUtf8() + " " + qos
                    + (delivery.message().retain() ? "R" : ""));
        }
        if (keeping != null && delivery.together() instanceof Changes together) {
            together.add(keeping);
            kept = together;
        }
        if (confirming) {
            delivery.whenQueued().run();
        } else {
            unconfirmed.add(delivery.whenQueued());
        }
    }
}
