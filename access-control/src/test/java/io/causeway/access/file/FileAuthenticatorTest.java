package io.causeway.access.file;

import io.causeway.access.Credentials;
import io.causeway.access.Identity;
import io.causeway.codec.Octets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileAuthenticatorTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int FEW_ITERATIONS = 10;

    private long nowNanos = 1;

    @Test
    void rightPassword_letsTheUserInUnderItsName() throws Exception {
        FileAuthenticator authenticator = authenticator(LoginSettings.PASSWORDS_ONLY, "alice", "secret");

        assertThat(authenticator.authenticate(login("alice", "secret"))).contains(new Identity("c", "alice"));
        assertThat(authenticator.authenticate(login("alice", "secret"))).contains(new Identity("c", "alice"));
    }

    @Test
    void anythingElse_isRefused() throws Exception {
        FileAuthenticator authenticator = authenticator(LoginSettings.PASSWORDS_ONLY, "alice", "secret");
        authenticator.authenticate(login("alice", "secret"));

        assertThat(authenticator.authenticate(login("alice", "Secret"))).isEmpty();
        assertThat(authenticator.authenticate(login("alice", ""))).isEmpty();
        assertThat(authenticator.authenticate(login("alice", null))).isEmpty();
        assertThat(authenticator.authenticate(login("Alice", "secret"))).isEmpty();
        assertThat(authenticator.authenticate(login("", "secret"))).isEmpty();
        assertThat(authenticator.authenticate(login(null, null))).isEmpty();
    }

    @Test
    void withoutAUserName_isLetInIfTheSettingsSaySo() throws Exception {
        FileAuthenticator authenticator = authenticator(new LoginSettings(true, false), "alice", "secret");

        assertThat(authenticator.authenticate(login(null, null))).contains(Identity.anonymous("c"));
        assertThat(authenticator.authenticate(login("", ""))).contains(Identity.anonymous("c"));
        assertThat(authenticator.authenticate(login("alice", "wrong"))).isEmpty();
        assertThat(authenticator.authenticate(login("nobody", "wrong"))).isEmpty();
    }

    @Test
    void certificateName_isTheUserIfTheSettingsSaySo() throws Exception {
        Credentials credentials = new Credentials("c", "alice", Octets.utf8("wrong"), "plant-7", "host");

        assertThat(authenticator(new LoginSettings(false, true), "alice", "secret")
                        .authenticate(credentials))
                .contains(new Identity("c", "plant-7"));
        assertThat(authenticator(LoginSettings.PASSWORDS_ONLY, "alice", "secret")
                        .authenticate(credentials))
                .isEmpty();
    }

    @Test
    void withoutPasswords_onlyTheOthersAreLetIn() {
        FileAuthenticator authenticator = FileAuthenticator.withoutPasswords(new LoginSettings(false, true));

        assertThat(authenticator.authenticate(new Credentials("c", null, null, "plant-7", "host")))
                .isPresent();
        assertThat(authenticator.authenticate(login("alice", "secret"))).isEmpty();
        assertThat(authenticator.authenticate(login(null, null))).isEmpty();
    }

    @Test
    void emptyCertificateName_isNoName() throws Exception {
        FileAuthenticator authenticator = authenticator(new LoginSettings(false, true), "alice", "secret");

        assertThat(authenticator.authenticate(new Credentials("c", null, null, "", "host")))
                .isEmpty();
    }

    @Test
    void tooManyWrongPasswords_silenceTheirHostForAWhile() throws Exception {
        FileAuthenticator authenticator = authenticator(LoginSettings.PASSWORDS_ONLY, "alice", "secret");
        for (int i = 0; i < FailedLogins.PATIENCE; i++) {
            assertThat(authenticator.authenticate(login("alice", "guess " + i))).isEmpty();
        }

        assertThat(authenticator.authenticate(login("alice", "secret"))).isEmpty();
        assertThat(authenticator.authenticate(
                        new Credentials("c", "alice", Octets.utf8("secret"), null, "another host")))
                .isPresent();

        nowNanos += FailedLogins.FORGOTTEN_AFTER.toNanos();
        assertThat(authenticator.authenticate(login("alice", "secret"))).isPresent();
    }

    @Test
    void mistakesInAFile_areNamedAllAtOnceAndShowNoPassword() {
        List<String> lines = List.of(
                "# users",
                "alice:secret",
                "bob",
                ":$6$c2FsdA==$aGFzaA==",
                "carol:$6$c2FsdA==$aGFzaA==",
                "carol:$6$c2FsdA==$aGFzaA==",
                "dave:$argon2id$v=19$m=47104,t=1,p=1$c2FsdA$aGFzaA",
                "erin:$7$0$c2FsdA==$aGFzaA==",
                "frank:$7$101$c2FsdA==",
                "grace:$pbkdf2-sha512$i=1000$c2F!dA$aGFzaA",
                "heidi:");
        String hashes = "; allowed: a hash that 'causeway passwd' or mosquitto_passwd ($7$, $6$) has written";

        assertThatExceptionOfType(AccessFileException.class)
                .isThrownBy(() -> PasswordFile.read(new TextFile("users", lines)))
                .satisfies(e -> assertThat(e.problems().stream().map(FileProblem::toString))
                        .containsExactly(
                                "users:2: user 'alice': what follows the ':' is no hash" + hashes,
                                "users:3: no user name and ':' begin this line; allowed: USER:HASH, or a comment that begins with #",
                                "users:4: no user name and ':' begin this line; allowed: USER:HASH, or a comment that begins with #",
                                "users:6: user 'carol' has a line already; allowed: each user once",
                                "users:7: user 'dave': this is no hash of a kind that is known" + hashes,
                                "users:8: user 'erin': a hash has 1 to 50000000 iterations" + hashes,
                                "users:9: user 'frank': the hash is damaged" + hashes,
                                "users:10: user 'grace': the hash is damaged" + hashes,
                                "users:11: user 'heidi': what follows the ':' is no hash" + hashes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "."})
    void fileThatCannotBeRead_isNamed(String name, @TempDir Path directory) {
        Path file = directory.resolve(name);

        assertThatExceptionOfType(AccessFileException.class)
                .isThrownBy(() -> FileAuthenticator.load(file))
                .withMessageStartingWith(file + ": ");
        assertThatExceptionOfType(AccessFileException.class)
                .isThrownBy(() -> AccessRules.load(file))
                .withMessageStartingWith(file + ": ");
    }

    @Test
    void fileThatIsNotUtf8_isNamed(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("users");
        Files.write(file, new byte[] {'a', (byte) 0xff});

        assertThatExceptionOfType(AccessFileException.class)
                .isThrownBy(() -> FileAuthenticator.load(file))
                .withMessage(file + ": the file is not UTF-8");
    }

    private FileAuthenticator authenticator(LoginSettings settings, String user, String password) throws Exception {
        String hash = PasswordHash.Pbkdf2.of(Octets.utf8(password), FEW_ITERATIONS, RANDOM)
                .text();
        PasswordFile passwords = PasswordFile.read(new TextFile("users", List.of(user + ":" + hash)));
        return new FileAuthenticator(passwords, settings, () -> nowNanos, RANDOM);
    }

    private static Credentials login(@Nullable String user, @Nullable String password) {
        Octets octets = Optional.ofNullable(password).map(Octets::utf8).orElse(null);
        return new Credentials("c", user, octets, null, "host");
    }
}
