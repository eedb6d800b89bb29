package io.causeway.access.file;

import io.causeway.codec.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PasswordEditorTest {
    private static final int FEW_ITERATIONS = 10;

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("users");
    }

    @Test
    void firstUser_makesAFileForItsOwnerAlone() throws Exception {
        PasswordEditor editor = PasswordEditor.open(file);
        assertThat(editor.fileExists()).isFalse();
        editor.set("alice", "secret", FEW_ITERATIONS);
        editor.save();

        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(fits("alice", "secret")).isTrue();
        assertThat(filesInDirectory()).containsExactly("users");
    }

    @Test
    void newPassword_replacesTheLineAndNothingElse() throws Exception {
        List<String> before = List.of("# users", "", "alice:plain text", "bob:$6$c2FsdA==$aGFzaA==", "# end");
        Files.write(file, before);
        PasswordEditor editor = PasswordEditor.open(file);
        assertThat(editor.has("alice")).isTrue();
        editor.set("alice", "secret", FEW_ITERATIONS);
        editor.save();

        List<String> after = Files.readAllLines(file);
        assertThat(after).hasSize(5).startsWith("# users", "").endsWith(before.get(3), "# end");
        assertThat(fits("alice", "secret")).isTrue();
    }

    @Test
    void removedUser_isGone() throws Exception {
        Files.write(file, List.of("alice:$6$c2FsdA==$aGFzaA==", "alice2:$6$c2FsdA==$aGFzaA=="));
        PasswordEditor editor = PasswordEditor.open(file);

        assertThat(editor.remove("alice")).isTrue();
        assertThat(editor.remove("alice")).isFalse();
        editor.save();
        assertThat(Files.readAllLines(file)).containsExactly("alice2:$6$c2FsdA==$aGFzaA==");
    }

    @Test
    void fileThatWasThere_keepsItsPermissions() throws Exception {
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        change(file);

        assertThat(permissions(file)).isEqualTo("rw-r-----");
    }

    @Test
    void link_isFollowed() throws Exception {
        Path target = Files.createFile(directory.resolve("target"));
        Files.createSymbolicLink(file, target);
        change(file);

        assertThat(Files.isSymbolicLink(file)).isTrue();
        assertThat(Files.readAllLines(target)).hasSize(1);
    }

    @Test
    void nothingSaved_changesNothing() throws Exception {
        PasswordEditor.open(file).set("alice", "secret", FEW_ITERATIONS);

        assertThat(filesInDirectory()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "#a", " a", "a ", "a\nb"})
    void nameThatTheFileCannotHold_isRefused(String name) throws Exception {
        PasswordEditor editor = PasswordEditor.open(file);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> editor.set(name, "secret", FEW_ITERATIONS))
                .withMessageStartingWith("a user name cannot");
    }

    @Test
    void emptyPassword_isRefused() throws Exception {
        PasswordEditor editor = PasswordEditor.open(file);

        assertThatIllegalArgumentException().isThrownBy(() -> editor.set("alice", "", FEW_ITERATIONS));
    }

    private static void change(Path file) throws IOException {
        PasswordEditor editor = PasswordEditor.open(file);
        editor.set("alice", "secret", FEW_ITERATIONS);
        editor.save();
    }

    private boolean fits(String user, String password) throws IOException {
        String line = Files.readAllLines(file).stream()
                .filter(each -> each.startsWith(user + ":"))
                .findFirst()
                .orElseThrow();
        return PasswordHash.parse(line.substring(line.indexOf(':') + 1)).matches(Octets.utf8(password));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<String> filesInDirectory() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }
}
