package io.causeway.simulator.verify;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.network.SocketLoop;
import io.causeway.testkit.Mosquitto;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Every way to a broker, and what is said where there is none. */
class SchemesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final SocketLoop loop = new SocketLoop();
    private final List<String> arrived = new ArrayList<>();
    private @Nullable Mosquitto mosquitto;

    @AfterEach
    void close() {
        loop.close();
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    @Test
    void mqtts_carriesMessages() throws Exception {
        Path certificate = certificate();

        assertCarriesMessages(target("mqtts", start(tls()).getPort(), certificate));
    }

    @Test
    void mqttsOfAnUnknownAuthority_isRefused() throws Exception {
        certificate();
        int port = start(tls()).getPort();

        assertThatIOException()
                .isThrownBy(() -> connect(target("mqtts", port, null)))
                .withMessageContaining("cannot verify at the broker mqtts://127.0.0.1:" + port)
                .withMessageContaining("unable to find valid certification path");
    }

    @Test
    void ws_carriesMessages() throws IOException {
        int port = WebSocketGate.open(loop, start(), null);

        assertCarriesMessages(target("ws", port, null));
    }

    @Test
    void wss_carriesMessages() throws Exception {
        Path certificate = certificate();
        SslContext tls = SslContextBuilder.forServer(
                        certificate.toFile(), directory.resolve("key.pem").toFile())
                .build();
        int port = WebSocketGate.open(loop, start(), tls);

        assertCarriesMessages(target("wss", port, certificate));
    }

    @Test
    void password_isAskedFor() throws Exception {
        run("mosquitto_passwd", "-b", "-c", "passwords", "me", "secret");
        URI uri = start("password_file " + directory.resolve("passwords"));

        assertCarriesMessages(new BrokerTarget(uri, "me", "secret", null));
        assertThatIOException()
                .isThrownBy(() -> connect(new BrokerTarget(uri, "me", "guess", null)))
                .withMessageContaining("the broker says: not authorized");
    }

    private URI start(String... configuration) {
        Mosquitto started = Mosquitto.start(directory, configuration);
        mosquitto = started;
        return started.uri();
    }

    private String[] tls() {
        return new String[] {
            "certfile " + directory.resolve("certificate.pem"), "keyfile " + directory.resolve("key.pem")
        };
    }

    /** For the loopback, signed by itself. */
    private Path certificate() throws Exception {
        String request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
                + "-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out certificate.pem";
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(request.split(" ", -1)));
        run(command.toArray(String[]::new));
        return directory.resolve("certificate.pem");
    }

    private void run(String... command) throws Exception {
        Path program = Path.of("/usr/bin", command[0]);
        assumeTrue(Files.isExecutable(program), () -> "no " + program + " here");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(command[0] + ".log").toFile())
                .start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static BrokerTarget target(String scheme, int port, @Nullable Path caFile) {
        return new BrokerTarget(URI.create(scheme + "://127.0.0.1:" + port + "/mqtt"), "", "", caFile);
    }

    private Verifier connect(BrokerTarget broker) throws IOException {
        return Verifier.connect(loop, broker, "verifier", List.of("run/+"));
    }

    private void assertCarriesMessages(BrokerTarget broker) throws IOException {
        arrived.clear();
        try (Verifier verifier = connect(broker)) {
            for (Qos qos : List.of(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
                verifier.send("run/1", Octets.utf8("message of " + qos), qos, () -> {});
            }
            loop.runUntil(
                    () -> {
                        verifier.drain((topic, payload, isRedelivery, nanos) -> arrived.add(payload.toString(UTF_8)));
                        return arrived.size() == 3;
                    },
                    PATIENCE);
        }
        assertThat(arrived)
                .containsExactlyInAnyOrder(
                        "message of AT_MOST_ONCE", "message of AT_LEAST_ONCE", "message of EXACTLY_ONCE");
    }
}
