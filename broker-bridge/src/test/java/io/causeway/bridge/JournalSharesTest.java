package io.causeway.bridge;

import io.causeway.bridge.JournalBounds.Policy;
import io.causeway.bridge.JournalSettings.Rule;
import io.causeway.routing.TopicFilter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JournalSharesTest {
    private static final int COMMON = 0;
    private static final int ALARMS = 1;

    private final JournalShares shares = new JournalShares(JournalSettings.DEFAULTS
            .withBounds(new JournalBounds(3, 100, Duration.ZERO, Policy.DROP_OLDEST))
            .withRules(List.of(
                    new Rule(new TopicFilter("alarms/#"), new JournalBounds(1, 50, Duration.ZERO, Policy.REFUSE)))));

    @Test
    void reachedBound_isNamedByItsKeyAndValue() {
        shares.add(ALARMS, 40);
        assertThat(shares.boundReached(ALARMS, 5)).isEqualTo("messages (1) of journal.filters 'alarms/#'");
        assertThat(shares.boundReached(COMMON, 101)).isEqualTo("journal.octets (100)");
        shares.add(COMMON, 1);
        shares.add(COMMON, 1);
        assertThat(shares.boundReached(COMMON, 1)).isEqualTo("journal.messages (3)");
    }

    @Test
    void whatMayBeDropped_countsAsRoomAndWhatIsProtectedDoesNot() {
        shares.add(ALARMS, 40);
        shares.add(COMMON, 60);
        assertThat(shares.hasRoom(1)).isFalse();
        assertThat(shares.canHaveRoom(COMMON, 60)).isTrue();
        assertThat(shares.canHaveRoom(COMMON, 61)).isFalse();
        assertThat(shares.canHaveRoom(ALARMS, 1)).isFalse();
    }
}
