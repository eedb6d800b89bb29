package io.causeway.gateway.cli;

import io.causeway.bridge.TlsSettings;
import io.causeway.gateway.cli.Converters.DestinationConverter;
import io.causeway.gateway.cli.Converters.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that {@code pub} and {@code sub} share: where to connect, and as whom. */
final class Connection {
    private static final String LOCAL_GATEWAY = "udp://127.0.0.1:1883";

    @Option(
            names = {"-g", "--gateway"},
            paramLabel = "URL",
            converter = DestinationConverter.class,
            description = {
                "udp://HOST:PORT for a gateway (MQTT-SN); mqtt://, mqtts://, ws:// or wss:// for a broker (MQTT).",
                "Default: " + LOCAL_GATEWAY
            })
    private Destination destination = Destination.parse(LOCAL_GATEWAY);

    @Option(
            names = {"-i", "--id"},
            paramLabel = "ID",
            description = "The client id. Default: causeway- and the id of this process")
    private String clientId = "causeway-" + ProcessHandle.current().pid();

    @Option(
            names = {"-k", "--keep-alive"},
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "The longest silence. Default: 60s")
    private Duration keepAlive = Duration.ofSeconds(60);

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "The user, for a broker.")
    private String user = "";

    @Option(
            names = {"-P", "--password"},
            paramLabel = "PASSWORD",
            interactive = true,
            arity = "0..1",
            description = "The password, for a broker; it is asked for if left out.")
    private String password = "";

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Whom to trust, for mqtts:// and wss:// (PEM). Default: those that Java trusts")
    private String caFile = "";

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "The client's certificate, for mqtts:// and wss:// (PEM); needs --key.")
    private String certificateFile = "";

    @Option(names = "--key", paramLabel = "FILE", description = "The private key of the certificate (PEM).")
    private String keyFile = "";

    /** @throws CommandFailure if the destination's name is unknown, or there is no way to it */
    Messenger open(boolean cleanSession, Messenger.Listener listener) throws CommandFailure, InterruptedException {
        return destination.open(
                new Destination.Login(clientId, cleanSession, keepAlive, user, password, tls()), listener);
    }

    private TlsSettings tls() throws CommandFailure {
        try {
            return TlsSettings.DEFAULTS.withCaFile(caFile).withClientCertificate(certificateFile, keyFile, "");
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }
}
