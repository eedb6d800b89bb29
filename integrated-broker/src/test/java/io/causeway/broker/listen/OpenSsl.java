package io.causeway.broker.listen;

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

    /** A certificate for the loopback, or for a client. */
    void certificate(String name, String authority) {
        try {
            Files.writeString(directory.resolve(name + ".ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("req -newkey rsa:2048 -nodes -subj /O=test/CN=" + name + " -keyout " + name + ".key -out " + name + ".csr");
        run("x509 -req -days 2 -in " + name + ".csr -CA " + authority + ".crt -CAkey " + authority
                + ".key -CAcreateserial -extfile " + name + ".ext -out " + name + ".crt");
    }

    /** Runs one command, its arguments divided by single spaces. */
    void run(String arguments) {
        List<String> command = new ArrayList<>();
        command.add(Programs.find("openssl").toString());
        command.addAll(List.of(arguments.split(" ", -1)));
        Path log = directory.resolve("openssl.log");
        int exit = Programs.run(new ProcessBuilder(command).directory(directory.toFile()), log);
        if (exit != 0) {
            throw new IllegalStateException("openssl " + arguments + ": exit code " + exit + ", see " + log);
        }
    }

    /** The path of a file that one of the above has made. */
    String file(String name) {
        return directory.resolve(name).toString();
    }
}
