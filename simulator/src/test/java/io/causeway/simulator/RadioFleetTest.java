package io.causeway.simulator;

import io.causeway.codec.Octets;
import io.causeway.simulator.payload.PayloadWriter;
import io.causeway.simulator.payload.Stamp;
import io.causeway.simulator.radio.Family;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.PayloadTemplate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RadioFleetTest {
    private static final int PUBLISH_HEADER_OCTETS = 7;
    private static final Stamp LATE_IN_A_LONG_RUN =
            new Stamp(Long.MAX_VALUE, 99, 9_999, Duration.ofDays(30).toNanos());

    @Test
    void messages_areTextThatFitsIntoEveryRadiosPacket() {
        for (Group group : new RadioFleet().scenario().groups()) {
            assertReadable(Objects.requireNonNull(group.report()).payload());
            assertReadable(Objects.requireNonNull(group.commands()).payload());
        }
    }

    private static void assertReadable(PayloadTemplate template) {
        Octets payload = new PayloadWriter(template, new Random(1)).write(LATE_IN_A_LONG_RUN);

        assertThat(new String(payload.toByteArray(), StandardCharsets.UTF_8))
                .matches("cw-[0-9a-f-]+ [0-9]+ 9999.0 [.]*");
        assertThat(PUBLISH_HEADER_OCTETS + payload.length())
                .isLessThanOrEqualTo(Family.DIGIMESH.largestPayloadOctets());
    }
}
