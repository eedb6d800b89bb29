package io.causeway.gateway.cli;

import io.causeway.access.Credentials;
import io.causeway.access.file.FileAuthenticator;
import io.causeway.codec.Octets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PasswdCommandTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("users");
    }

    @Test
    void passwordTypedTwice_isTheUsers() throws Exception {
        shell.withTyped("secret", "secret");

        assertThat(shell.execute("passwd", file.toString(), "alice")).isZero();
        assertThat(shell.outLines()).containsExactly(file + ": user 'alice' added");
        assertThat(letsIn("alice", "secret")).isTrue();
        assertThat(Files.readString(file)).startsWith("alice:$pbkdf2-sha512$i=210000$");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void passwordTypedDifferently_changesNothing() {
        shell.withTyped("secret", "sceret");

        assertThat(shell.execute("passwd", file.toString(), "alice")).isEqualTo(1);
        assertThat(shell.errLines())
                .containsExactly("causeway: the two passwords are not the same; nothing has been changed");
        assertThat(file).doesNotExist();
    }

    @Test
    void noTerminal_isSaidWithTheWayOut() {
        assertThat(shell.execute("passwd", file.toString(), "alice")).isEqualTo(1);

        assertThat(shell.errLines())
                .containsExactly("causeway: there is no terminal to ask for the password; give it with --stdin");
    }

    @Test
    void passwordOfStandardInput_isItsFirstLineAsItIs() throws Exception {
        shell.withInput(" pass:word €\r\nnot this\n");

        assertThat(shell.execute("passwd", "--stdin", "--iterations", "1000", file.toString(), "alice"))
                .isZero();
        assertThat(letsIn("alice", " pass:word €")).isTrue();
    }

    @Test
    void secondPassword_replacesTheFirstAndNothingElse() throws Exception {
        Files.write(file, List.of("# users", "alice:$6$c2FsdA==$aGFzaA==", "bob:$6$c2FsdA==$aGFzaA=="));
        shell.withInput("new");

        assertThat(shell.execute("passwd", "-s", "-i", "1000", file.toString(), "alice"))
                .isZero();
        assertThat(shell.outLines()).containsExactly(file + ": user 'alice' has a new password");
        assertThat(letsIn("alice", "new")).isTrue();
        assertThat(Files.readAllLines(file)).hasSize(3).contains("# users", "bob:$6$c2FsdA==$aGFzaA==");
    }

    @Test
    void deletedUser_isGone() throws Exception {
        Files.write(file, List.of("alice:$6$c2FsdA==$aGFzaA==", "bob:$6$c2FsdA==$aGFzaA=="));

        assertThat(shell.execute("passwd", "--delete", file.toString(), "alice"))
                .isZero();
        assertThat(shell.outLines()).containsExactly(file + ": user 'alice' deleted");
        assertThat(Files.readAllLines(file)).containsExactly("bob:$6$c2FsdA==$aGFzaA==");

        assertThat(shell.execute("passwd", "--delete", file.toString(), "alice"))
                .isEqualTo(1);
        assertThat(shell.errLines()).containsExactly("causeway: " + file + ": there is no user 'alice'");
    }

    @ParameterizedTest
    @CsvSource({
        "a:b, secret, 'a user name cannot hold '':'', which ends it in the file'",
        "'', secret, a user name cannot be empty",
        "alice, '\n', a password cannot be empty",
        "alice, '', there is no password on standard input",
    })
    void whatTheFileCannotHold_isRefused(String user, String input, String reason) {
        shell.withInput(input);

        assertThat(shell.execute("passwd", "--stdin", file.toString(), user)).isEqualTo(1);
        assertThat(shell.errLines()).containsExactly("causeway: " + reason);
        assertThat(file).doesNotExist();
    }

    @Test
    void fileThatCannotBeWritten_isNamed() {
        Path missing = directory.resolve("missing").resolve("users");
        shell.withInput("secret");

        assertThat(shell.execute("passwd", "-s", "-i", "1000", missing.toString(), "alice"))
                .isEqualTo(1);
        assertThat(shell.errLines()).containsExactly("causeway: " + missing + ": there is no such directory");
    }

    @Test
    void fileThatIsNotText_isNamed() throws Exception {
        Files.write(file, new byte[] {'a', (byte) 0xff});

        assertThat(shell.execute("passwd", "--delete", file.toString(), "alice"))
                .isEqualTo(1);
        assertThat(shell.errLines()).containsExactly("causeway: " + file + ": the file is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "999", "50000001", "many"})
    void iterationsOutOfRange_areWrongUsage(String iterations) {
        assertThat(shell.execute("passwd", "--iterations", iterations, file.toString(), "alice"))
                .isEqualTo(2);

        assertThat(shell.err()).contains("--iterations", iterations);
    }

    @Test
    void noUser_isWrongUsage() {
        assertThat(shell.execute("passwd", file.toString())).isEqualTo(2);

        assertThat(shell.err()).contains("USER");
    }

    private boolean letsIn(String user, String password) throws Exception {
        return FileAuthenticator.load(file)
                .authenticate(new Credentials("c", user, Octets.utf8(password), null, "host"))
                .isPresent();
    }
}
