package io.causeway.access;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClientPatternTest {

    @ParameterizedTest
    @CsvSource({
        "*, anything",
        "*, ''",
        "pump-*, pump-7",
        "pump-*, pump-",
        "*-7, pump-7",
        "p*p-*7, pump-17",
        "p?mp, pump",
        "??, ab",
        "a*b*c, a-b-b-c",
        "**, x",
        "a.c, a.c",
        "*ab, aab",
    })
    void fittingId_matches(String glob, String clientId) {
        assertThat(new ClientPattern(glob).matches(clientId)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "pump-*, pomp-7",
        "pump-*, my-pump-7",
        "pump, pump-7",
        "?, ''",
        "??, a",
        "a*b, a-b-c",
        "a.c, abc",
        "a*, A1",
    })
    void otherId_doesNotMatch(String glob, String clientId) {
        assertThat(new ClientPattern(glob).matches(clientId)).isFalse();
    }

    @Test
    void randomPatterns_matchAsRegularExpressionsDo() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50_000; i++) {
            String glob = randomText(random) + "b";
            String clientId = randomText(random) + (random.nextBoolean() ? "b" : "");
            assertThat(new ClientPattern(glob).matches(clientId))
                    .as("%s matches %s", glob, clientId)
                    .isEqualTo(regexOf(glob).matcher(clientId).matches());
        }
    }

    @Test
    void patternThatInvitesBacktracking_isDecidedAtOnce() {
        assertThat(new ClientPattern("*a".repeat(200) + "b").matches("a".repeat(2_000)))
                .isFalse();
    }

    @Test
    void emptyPattern_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientPattern(""));
    }

    private static Pattern regexOf(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }

    private static String randomText(SplittableRandom random) {
        String alphabet = "ab.*?";
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(8); left > 0; left--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
