package io.causeway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPatternTest {
    private static final int CASES = 50_000;
    private static final int MAX_LENGTH = 8;

    @ParameterizedTest
    @CsvSource({
        "*,anything",
        "*,''",
        "pump-*,pump-1",
        "pump-*,pump-",
        "*-1,pump-1",
        "p?mp-*-x,pump-1-2-x",
        "a*b*c,axxbyybzc",
        "**,x",
        "a.b,a.b",
        "?,é"
    })
    void idThatFits_matches(String pattern, String clientId) {
        assertThat(new ClientPattern(pattern).matches(clientId)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "pump-*,sensor-1",
        "pump,pump-1",
        "pump-1,pump",
        "Pump,pump",
        "a.b,axb",
        "?,''",
        "a*b*c,axxbyyb",
        "*x,''"
    })
    void idThatDoesNotFit_doesNotMatch(String pattern, String clientId) {
        assertThat(new ClientPattern(pattern).matches(clientId)).isFalse();
    }

    @Test
    void randomPatterns_matchAsRegularExpressionsDo() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < CASES; i++) {
            String pattern = randomText(random, "ab.*?") + "b";
            String clientId = randomText(random, "ab.*?") + (random.nextBoolean() ? "b" : "");
            assertThat(new ClientPattern(pattern).matches(clientId))
                    .as("%s matches %s", pattern, clientId)
                    .isEqualTo(regexOf(pattern).matcher(clientId).matches());
        }
    }

    @Test
    @Timeout(10)
    void patternMadeToBeSlow_isStillFast() {
        ClientPattern pattern = new ClientPattern("*a".repeat(100) + "b");

        assertThat(pattern.matches("a".repeat(256))).isFalse();
    }

    @Test
    void onlyTheStar_matchesAll() {
        assertThat(new ClientPattern("*").matchesAll()).isTrue();
        assertThat(new ClientPattern("a*").matchesAll()).isFalse();
    }

    @Test
    void emptyPattern_isNotBuilt() {
        assertThatThrownBy(() -> new ClientPattern("")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Pattern regexOf(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static String randomText(SplittableRandom random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(MAX_LENGTH); left > 0; left--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
