package io.causeway.gateway.e2e;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long a test waits for what should come at once, on a machine that has much else to do. */
final class Patience {
    static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(10);

    private Patience() {}

    static ConditionFactory await(String what) {
        return Awaitility.await(what).pollInterval(POLL).atMost(LIMIT);
    }

    /** The result of what a client was asked for; its failure as {@link CompletionException}. */
    static <T> T get(CompletionStage<T> asked) {
        return asked.toCompletableFuture()
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
