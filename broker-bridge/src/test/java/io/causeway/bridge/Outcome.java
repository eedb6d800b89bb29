package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a publisher or a subscriber was told. */
final class Outcome implements PublishCallback, SubscribeCallback, Runnable {
    private final List<String> told = new CopyOnWriteArrayList<>();

    /** All of it: more than one is a bug. */
    List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public void onAccepted() {
        told.add("accepted");
    }

    @Override
    public void onSubscribed(Qos granted) {
        told.add("subscribed " + granted.value());
    }

    @Override
    public void onRefused(Refusal refusal) {
        told.add(refusal.name());
    }

    @Override
    public void run() {
        told.add("done");
    }
}
