package io.causeway.upstream;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Delivery;
import io.causeway.routing.DeliveryTarget;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import java.util.function.Consumer;

/** A subscriber that has what it gets at once. */
final class Listener implements Subscriber, DeliveryTarget {
    private final Consumer<ApplicationMessage> inbox;

    Listener(Consumer<ApplicationMessage> inbox) {
        this.inbox = inbox;
    }

    @Override
    public void onSubscriptionLost(TopicFilter filter) {
        throw new AssertionError("nobody takes a subscription away here");
    }

    @Override
    public String clientId() {
        return "listener";
    }

    @Override
    public DeliveryTarget owner() {
        return this;
    }

    @Override
    public void deliver(Delivery delivery) {
        inbox.accept(delivery.message());
        delivery.whenQueued().run();
    }
}
