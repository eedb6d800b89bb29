package io.causeway.simulator.verify;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DoubtsTest {
    private final Doubts doubts = new Doubts();

    @Test
    void whatWasDroppedBefore_isNoDoubt() {
        dropped("7");
        dropped("7");

        assertThat(doubts.inWords()).isEmpty();
    }

    @Test
    void brokerThatCounts_tells() {
        assertThat(doubts.areTold()).isFalse();
        dropped("0");
        assertThat(doubts.areTold()).isTrue();
    }

    @Test
    void whatIsDroppedFromNowOn_isCounted() {
        dropped("7");
        dropped("10");
        dropped("15");

        assertThat(doubts.inWords())
                .hasValueSatisfying(words -> assertThat(words).contains("dropped 8 messages"));
    }

    @Test
    void subscriptionThatIsRefusedLater_isNamed() {
        doubts.onRefused("run/+");

        assertThat(doubts.inWords()).contains("the broker refuses a subscription to run/+");
    }

    @Test
    void brokerStartedAgain_countsFromNothing() {
        dropped("7");
        dropped("2");

        assertThat(doubts.inWords())
                .hasValueSatisfying(words -> assertThat(words).contains("dropped 2 messages"));
    }

    @Test
    void countThatIsNoNumber_isPassedOver() {
        dropped("");
        dropped("7 messages");

        assertThat(doubts.inWords()).isEmpty();
    }

    @Test
    void doubtsOfBothKinds_areBothTold() {
        doubts.onSessionForgotten();
        dropped("0");
        dropped("1");

        assertThat(doubts.inWords())
                .hasValueSatisfying(words -> assertThat(words).contains("forgotten", "dropped 1"));
    }

    private void dropped(String count) {
        doubts.onDropped(count.getBytes(StandardCharsets.US_ASCII));
    }
}
