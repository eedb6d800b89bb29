package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubscribingTest {
    private final LiveFilter filter = new LiveFilter(new TopicFilter("a/#"));
    private final Subscribing one =
            new Subscribing(new TestSubscriber("s"), filter.filter(), Qos.AT_LEAST_ONCE, new Outcome());

    @Test
    void retainedTopic_isWantedOnceInABurst() {
        filter.join(one);
        filter.request();
        assertThat(one.wantsRetained("a/1")).isTrue();
        assertThat(one.wantsRetained("a/1")).isFalse();
        assertThat(one.wantsRetained("b")).isFalse();
    }

    @Test
    void burstEnded_retainedTopicsAreForgotten() {
        filter.join(one);
        filter.request();
        one.wantsRetained("a/1");
        filter.endBurst();
        assertThat(one.wantsRetained("a/1")).as("nothing is kept of it").isTrue();
    }
}
