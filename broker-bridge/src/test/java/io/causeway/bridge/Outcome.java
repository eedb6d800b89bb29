package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Writes down what a publisher or a subscriber was told. */
final class Outcome implements PublishCallback, SubscribeCallback, Runnable {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private @Nullable Change own;
    private @Nullable Changes joined;

    /** Makes this one step with a message of QoS 2. */
    Outcome joining(Change change) {
        own = change;
        return this;
    }

    /** What the message was one step with. */
    Changes joined() {
        return Objects.requireNonNull(joined);
    }

    @Override
    public void onTaken(Changes together) {
        joined = together;
        if (own != null) {
            together.add(own);
        }
        PublishCallback.super.onTaken(together);
    }

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
