package io.causeway.access.file;

import io.causeway.codec.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.abort;

class PasswordHashTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @ParameterizedTest
    @ValueSource(strings = {"secret", "pässwörd €", "with : and $ and blanks ", "🔑", "x"})
    void hashAsWritten_fitsItsPasswordOnly(String password) {
        String text = PasswordHash.Pbkdf2.of(Octets.utf8(password), 10, RANDOM).text();

        PasswordHash hash = PasswordHash.parse(text);
        assertThat(text).startsWith("$pbkdf2-sha512$i=10$").doesNotContain("=$");
        assertThat(hash.matches(Octets.utf8(password))).isTrue();
        assertThat(hash.matches(Octets.utf8(password + "x"))).isFalse();
        assertThat(hash.matches(Octets.EMPTY)).isFalse();
    }

    @Test
    void samePasswordTwice_hasDifferentHashes() {
        Octets password = Octets.utf8("secret");

        assertThat(PasswordHash.Pbkdf2.of(password, 10, RANDOM).text())
                .isNotEqualTo(PasswordHash.Pbkdf2.of(password, 10, RANDOM).text());
    }

    /** Computed by OpenSSL: {@code openssl kdf -keylen 64 -kdfopt digest:SHA512 -kdfopt pass:password -kdfopt salt:salt -kdfopt iter:1000 PBKDF2}. */
    @Test
    void pbkdf2_isTheOneOfRfc8018() {
        PasswordHash hash = PasswordHash.parse("$pbkdf2-sha512$i=1000$c2FsdA$"
                + "r+bFUweFtsxrHGRTOEcxvV7kMu5Un9QvtmlXea2KHFv1neacSPd078QAfVKY+QM8AkHVq2kwXntk7O642DTP7A");

        assertThat(hash.matches(Octets.utf8("password"))).isTrue();
    }

    /** Written by mosquitto_passwd 2.0.11. */
    @ParameterizedTest
    @CsvSource({
        "secret, $7$101$B8yEOBJPX3sXYY30$Yx6BYHOJM8JZjCHvB1mkGjFy8gX6zhyUx5NZ+wunMcCOJaNxI8l3WptOMsGj6tZFACq4mjZ3R5+b0J3eFuTI6Q==",
        "s3cret, $6$5KAlUZFN/hSpXaS2$muyYFfw94Hip4qYEiMDYgjhs6qhzjcyYyVH1J8hf5JxNBVAuXKRrVsyPUrVZJXsAOikVQ/9hl294LwEwUIrwKA==",
    })
    void hashOfMosquitto_fitsItsPasswordOnly(String password, String text) {
        PasswordHash hash = PasswordHash.parse(text);

        assertThat(hash.matches(Octets.utf8(password))).isTrue();
        assertThat(hash.matches(Octets.utf8("other"))).isFalse();
        assertThat(hash.matches(Octets.EMPTY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha512", "sha512-pbkdf2"})
    void fileOfTheMosquittoHere_isUnderstood(String algorithm, @TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("passwords"));
        mosquittoPasswd("-H", algorithm, "-b", file.toString(), "älice", "pässword $:€");

        PasswordHash hash = PasswordFile.read(TextFile.open(file)).of("älice").orElseThrow();
        assertThat(hash.matches(Octets.utf8("pässword $:€"))).isTrue();
        assertThat(hash.matches(Octets.utf8("pässword $:"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "secret",
                "$7",
                "$7$$$",
                "$7$x$c2FsdA==$aGFzaA==",
                "$7$-1$c2FsdA==$aGFzaA==",
                "$7$999999999$c2FsdA==$aGFzaA==",
                "$7$101$$aGFzaA==",
                "$7$101$c2FsdA==$",
                "$6$c2FsdA==",
                "$pbkdf2-sha512$1000$c2FsdA$aGFzaA",
                "$pbkdf2-sha256$i=1000$c2FsdA$aGFzaA",
            })
    void textThatIsNoHash_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PasswordHash.parse(text));
    }

    private static void mosquittoPasswd(String... arguments) throws IOException, InterruptedException {
        Path program = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(each -> Path.of(each, "mosquitto_passwd"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> abort("SKIPPED: this test needs mosquitto_passwd; install it with "
                        + "'apt install mosquitto', its service need not run"));
        Process process = new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                        .toList())
                .inheritIO()
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
