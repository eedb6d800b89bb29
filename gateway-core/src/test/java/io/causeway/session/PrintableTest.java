package io.causeway.session;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTest {
    @Test
    void plainText_staysAsItIs() {
        assertThat(Printable.of("sensör 1/测")).isEqualTo("sensör 1/测");
    }

    @Test
    void longText_isCutAndToldItsLength() {
        assertThat(Printable.of("x".repeat(512))).hasSize(512);
        assertThat(Printable.of("x".repeat(65_535)))
                .startsWith("x".repeat(512) + "...")
                .endsWith("(65535 characters)")
                .hasSizeLessThan(550);
    }

    @Test
    void controlCharacters_areEscaped() {
        assertThat(Printable.of("a\r\nlost client=b\t\u007f\u0085\u2028\u2029"))
                .isEqualTo("a\\u000d\\u000alost client=b\\u0009\\u007f\\u0085\\u2028\\u2029");
    }
}
