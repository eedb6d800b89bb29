package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingPublishTest {
    private static final PublishCallback NOBODY = new PublishCallback() {
        @Override
        public void onAccepted() {}

        @Override
        public void onRefused(Refusal refusal) {}
    };

    @Test
    void lineBreakInATopic_makesNoLineOfTheLog() {
        ApplicationMessage message =
                new ApplicationMessage("a\nWARN all is lost", Octets.utf8("!"), Qos.AT_LEAST_ONCE, false);

        assertThat(new PendingPublish("client", message, NOBODY, 0))
                .hasToString("PUBLISH to 'a\\u000aWARN all is lost' (QoS 1, 1 octets)");
    }
}
