package io.causeway.store.sqlite;

import io.causeway.codec.Octets;
import io.causeway.routing.MessageProperties;
import io.causeway.routing.MessageProperties.UserProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PropertiesFormatTest {
    private static final MessageProperties FULL = new MessageProperties(
            0,
            "x".repeat(65_535),
            "response/topic",
            Octets.EMPTY,
            List.of(new UserProperty("", ""), new UserProperty("größe\u0001", "😀")),
            4_294_967_295L,
            42);

    @Test
    void noProperties_takeNoRoom() {
        assertThat(PropertiesFormat.write(MessageProperties.NONE)).isNull();
        assertThat(PropertiesFormat.read(null, life -> 1)).isSameAs(MessageProperties.NONE);
    }

    @Test
    void properties_areReadBack() {
        MessageProperties one = new MessageProperties(-1, null, "r", null, List.of(), MessageProperties.NEVER, 0);

        assertThat(PropertiesFormat.read(PropertiesFormat.write(FULL), life -> 42))
                .isEqualTo(FULL);
        assertThat(PropertiesFormat.read(PropertiesFormat.write(one), life -> 42))
                .isEqualTo(one);
    }

    @Test
    void cutShortOrTooLong_areNone() {
        byte[] whole = Objects.requireNonNull(
                PropertiesFormat.write(new MessageProperties(1, "t", "r", Octets.ofHex("01"), List.of(), 5, 0)));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatIllegalArgumentException().isThrownBy(() -> PropertiesFormat.read(cut, life -> 0));
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> PropertiesFormat.read(longer, life -> 0));
    }
}
