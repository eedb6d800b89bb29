package io.causeway.routing;

import io.causeway.codec.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessagePropertiesTest {
    private static final long SECOND = 1_000_000_000L;
    /** The clock wraps around meanwhile. */
    private final long received = Long.sum(Long.MAX_VALUE, -SECOND);

    private MessageProperties expiringAfter(long seconds) {
        return new MessageProperties(-1, null, null, null, List.of(), seconds, received);
    }

    @Test
    void expiry_isMeasuredFromTheReceipt() {
        MessageProperties properties = expiringAfter(3);
        assertThat(properties.remainingSeconds(received)).isEqualTo(3);
        assertThat(properties.remainingSeconds(received + SECOND)).isEqualTo(2);
        assertThat(properties.isExpired(received + 3 * SECOND - 1)).isFalse();
        assertThat(properties.isExpired(received + 3 * SECOND)).isTrue();
        assertThat(properties.remainingSeconds(received + 5 * SECOND)).isZero();
    }

    @Test
    void withoutExpiry_livesForEver() {
        assertThat(MessageProperties.NONE.isExpired(Long.MIN_VALUE)).isFalse();
        assertThat(expiringAfter(MessageProperties.NEVER).isExpired(received + 1_000_000 * SECOND))
                .isFalse();
    }

    @Test
    void publishedLater_livesFromThenOn() {
        ApplicationMessage will = new ApplicationMessage("a", Octets.EMPTY, Qos.AT_MOST_ONCE, false, expiringAfter(3));
        ApplicationMessage eternal = new ApplicationMessage("a", Octets.EMPTY, Qos.AT_MOST_ONCE, false);

        assertThat(will.publishedAt(received + 10 * SECOND).properties().remainingSeconds(received + 11 * SECOND))
                .isEqualTo(2);
        assertThat(eternal.publishedAt(received)).isSameAs(eternal);
    }

    @Test
    void empty_isWhoeverSaysNothing() {
        assertThat(MessageProperties.NONE.isEmpty()).isTrue();
        assertThat(expiringAfter(MessageProperties.NEVER).isEmpty()).isTrue();
        assertThat(expiringAfter(0).isEmpty()).isFalse();
    }

    @Test
    void weight_countsWhatIsCarried() {
        MessageProperties properties = new MessageProperties(
                1,
                "text",
                "r/t",
                Octets.ofHex("0102"),
                List.of(new MessageProperties.UserProperty("k", "value")),
                MessageProperties.NEVER,
                0);
        ApplicationMessage message =
                new ApplicationMessage("a", Octets.utf8("xy"), Qos.AT_MOST_ONCE, false, properties);
        assertThat(message.weightOctets()).isEqualTo(1 + 2 + 4 + 3 + 2 + 1 + 5);
        assertThat(message.withRetain(true)
                        .withQos(Qos.AT_LEAST_ONCE)
                        .withTopic("b")
                        .properties())
                .isSameAs(properties);
    }

    @Test
    void outOfRange_isABug() {
        assertThatThrownBy(() -> expiringAfter(-2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MessageProperties(2, null, null, null, List.of(), 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
