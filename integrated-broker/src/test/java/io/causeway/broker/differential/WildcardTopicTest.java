package io.causeway.broker.differential;

import io.causeway.broker.session.BrokerSettings;
import io.causeway.testkit.Requirement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What no well-behaved client library can be made to send. */
class WildcardTopicTest {

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement("MQTT-3.3.2-2")
    void publishToATopicWithAWildcard_endsTheConnection(Version version) {
        Script script =
                Script.of(version, Step.connect("ann"), new Step.Misbehave("ann", Misdeed.WILDCARD_IN_TOPIC_NAME));
        try (CausewayBroker broker = new CausewayBroker(BrokerSettings.DEFAULTS);
                Player player = new Player(broker.port(), Reading.EXACT)) {
            List<String> seen = player.play(script).moments().get(1).lines();

            assertThat(seen).contains("ann: (connection ended)");
            assertThat(seen.contains("ann: DISCONNECT 0x82")).isEqualTo(version.hasProperties());
        }
    }
}
