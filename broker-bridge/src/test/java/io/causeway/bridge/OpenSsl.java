package io.causeway.bridge;

import io.causeway.testkit.Mosquitto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes keys and certificates for a test, with the tool that users make theirs with. */
final class OpenSsl {
    private final Path directory;

    OpenSsl(Path directory) {
        this.directory = directory;
    }

    /** An authority of its own. */
    void authority(String name) {
        run("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=" + name + " -keyout " + name + ".key -out " + name
                + ".crt");
    }

    /** @param names for the server's certificate, as {@code DNS:a,IP:1.2.3.4} */
    void certificate(String name, String authority, String names) {
        try {
            Files.writeString(directory.resolve(name + ".ext"), "subjectAltName=" + names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("req -newkey rsa:2048 -nodes -subj /CN=" + name + " -keyout " + name + ".key -out " + name + ".csr");
        run("x509 -req -days 2 -in " + name + ".csr -CA " + authority + ".crt -CAkey " + authority
                + ".key -CAcreateserial -extfile " + name + ".ext -out " + name + ".crt");
    }

    /** Runs one command, its arguments divided by single spaces. */
    void run(String arguments) {
        List<String> command = new ArrayList<>();
        command.add(Mosquitto.findProgram("openssl").toString());
        command.addAll(List.of(arguments.split(" ", -1)));
        Path log = directory.resolve("openssl.log");
        try {
            int exit = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("openssl " + arguments + ": " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The path of a file that one of the above has made. */
    String file(String name) {
        return directory.resolve(name).toString();
    }
}
