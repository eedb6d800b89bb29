package io.causeway.simulator;

import io.causeway.simulator.verify.BrokerTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The broker behind the gateway, from the command line. */
final class BrokerOptions {
    @Option(
            names = "--verify",
            required = true,
            paramLabel = "URI",
            description = "The broker behind it, where arrivals are counted and commands are sent from: "
                    + "mqtt[s]://HOST[:PORT] or ws[s]://HOST:PORT/PATH.")
    private URI uri = URI.create("mqtt://127.0.0.1");

    @Option(names = "--user", paramLabel = "NAME", description = "Who logs in there.")
    private String user = "";

    @Option(names = "--password-file", paramLabel = "FILE", description = "Its first line is the password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "PEM file with the authorities to trust for mqtts and wss, instead of those of Java.")
    private @Nullable Path caFile;

    /** @throws IllegalArgumentException if there is no such broker, or a file cannot be read */
    BrokerTarget target() {
        return new BrokerTarget(uri, user, password(), caFile);
    }

    private String password() {
        if (passwordFile == null) {
            return "";
        }
        try {
            return Files.readString(passwordFile).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new IllegalArgumentException("the password cannot be read: " + e, e);
        }
    }
}
