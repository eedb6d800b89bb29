package io.causeway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OctetsTest {

    @Test
    void octets_areEqualByContent() {
        assertThat(Octets.of(new byte[] {0x0A, (byte) 0xFF}))
                .isEqualTo(Octets.ofHex("0aFF"))
                .hasSameHashCodeAs(Octets.ofHex("0aff"))
                .isNotEqualTo(Octets.ofHex("0a"));
        assertThat(Octets.utf8("\u20ac")).isEqualTo(Octets.ofHex("e282ac"));
        assertThat(Octets.of(new byte[0])).isEqualTo(Octets.EMPTY);
        assertThat(Octets.ofHex("")).isEqualTo(Octets.EMPTY);
        assertThat(Octets.utf8("")).isEqualTo(Octets.EMPTY);
    }

    @Test
    void changeOfWhatTheyWereMadeFromOrGaveAway_doesNotReachThem() {
        byte[] source = {1, 2};
        Octets octets = Octets.of(source);

        source[0] = 9;
        octets.toByteArray()[1] = 9;

        assertThat(octets).isEqualTo(Octets.ofHex("0102"));
        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> octets.asByteBuf().setByte(0, 9));
    }

    @Test
    void copyOfABuffer_consumesWhatItCopies() {
        ByteBuf buffer = Unpooled.wrappedBuffer(new byte[] {1, 2, 3});

        assertThat(Octets.copyOf(buffer, 0)).isEqualTo(Octets.EMPTY);
        assertThat(Octets.copyOf(buffer, 1)).isEqualTo(Octets.ofHex("01"));
        assertThat(Octets.copyOf(buffer)).isEqualTo(Octets.ofHex("0203"));
        assertThat(buffer.isReadable()).isFalse();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> Octets.copyOf(buffer, 1));
    }

    @Test
    void views_showTheSameOctets() {
        Octets octets = Octets.utf8("abc");
        ByteBuf written = Unpooled.buffer();
        octets.writeTo(written);

        assertThat(octets.length()).isEqualTo(3);
        assertThat(octets.isEmpty()).isFalse();
        assertThat(octets.at(1)).isEqualTo((byte) 'b');
        assertThat(octets.toHex()).isEqualTo("616263");
        assertThat(octets.toUtf8()).isEqualTo("abc");
        assertThat(octets.asByteBuf()).isEqualTo(written);
    }

    @Test
    void octetsThatAreNotUtf8_becomeReplacementCharacters() {
        assertThat(Octets.ofHex("61ff").toUtf8()).isEqualTo("a\ufffd");
    }

    @Test
    void textThatIsNotHexadecimal_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Octets.ofHex("0g"));
        assertThatIllegalArgumentException().isThrownBy(() -> Octets.ofHex("012"));
    }

    @Test
    void manyOctets_areShownCut() {
        assertThat(Octets.of(new byte[32])).hasToString("00".repeat(32));
        assertThat(Octets.of(new byte[33])).hasToString("00".repeat(32) + "... (33 octets)");
    }
}
