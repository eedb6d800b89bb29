package io.causeway.gateway.cli;

import io.causeway.access.file.PasswordEditor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code causeway passwd}: changes a user in a password file. */
@Command(
        name = "passwd",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        description = {
            "Give a user a password in a password file, or delete the user. Where there is no file, one is made.",
            "",
            "Asks for the password twice and does not show it. The file keeps a salted hash (PBKDF2-HMAC-SHA512), from "
                    + "which the password cannot be read back. Other users and comments stay as they are, also those "
                    + "that mosquitto_passwd has written. A gateway that reads the file takes it up on SIGHUP."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:The file is as it should be.", "1:It was not changed; a message says why.", "2:Wrong usage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway passwd users alice                     asks for it",
            "  causeway passwd users alice --stdin < secret    the first line of a file",
            "  causeway passwd users alice --delete"
        })
final class PasswdCommand implements Callable<Integer> {
    private static final int MIN_ITERATIONS = 1_000;

    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "The password file.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "USER", description = "The user name; it cannot hold a ':'.")
    private String user = "";

    @Option(
            names = {"-s", "--stdin"},
            description = "Read the password from the first line of standard input instead of asking.")
    private boolean fromInput;

    @Option(
            names = {"-D", "--delete"},
            description = "Delete the user.")
    private boolean delete;

    private int iterations = PasswordEditor.DEFAULT_ITERATIONS;

    PasswdCommand(Console console) {
        this.console = console;
    }

    @Option(
            names = {"-i", "--iterations"},
            paramLabel = "N",
            description =
                    "How much work a guess is, and a login too: 210000 take about a quarter of a second. Fewer, at "
                            + "least 1000, are enough for a long random password that a device keeps. Default: 210000")
    void iterate(int wanted) {
        if (wanted < MIN_ITERATIONS || wanted > PasswordEditor.MAX_ITERATIONS) {
            throw new TypeConversionException("'" + wanted + "' is out of range; allowed: " + MIN_ITERATIONS + " to "
                    + PasswordEditor.MAX_ITERATIONS);
        }
        iterations = wanted;
    }

    @Override
    public Integer call() throws CommandFailure {
        try {
            PasswordEditor editor = PasswordEditor.open(file);
            String done = delete ? delete(editor) : set(editor);
            editor.save();
            console.out().println(file + ": " + done);
            return CausewayCommand.DONE;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailure(file + ": " + reason(e));
        }
    }

    private String delete(PasswordEditor editor) throws CommandFailure {
        if (!editor.remove(user)) {
            throw new CommandFailure(file + ": there is no user '" + user + "'");
        }
        return "user '" + user + "' deleted";
    }

    private String set(PasswordEditor editor) throws CommandFailure, IOException {
        PasswordEditor.requireName(user);
        boolean known = editor.has(user);
        editor.set(user, fromInput ? readPassword() : askPassword(), iterations);
        return "user '" + user + "' " + (known ? "has a new password" : "added");
    }

    private String readPassword() throws CommandFailure, IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
        String password = lines.readLine();
        if (password == null) {
            throw new CommandFailure("there is no password on standard input");
        }
        return password;
    }

    private String askPassword() throws CommandFailure {
        String password = ask("Password for '" + user + "': ");
        if (!ask("Once more: ").equals(password)) {
            throw new CommandFailure("the two passwords are not the same; nothing has been changed");
        }
        return password;
    }

    private String ask(String question) throws CommandFailure {
        return console.terminal()
                .askSecret(question)
                .orElseThrow(
                        () -> new CommandFailure("there is no terminal to ask for the password; give it with --stdin"));
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission to read it or to write in its directory";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such directory";
        }
        return e instanceof CharacterCodingException ? "the file is not UTF-8" : e.toString();
    }
}
