package io.causeway.bridge;

import io.causeway.testkit.Mosquitto;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.causeway.bridge.UpstreamFixture.PATIENCE;
import static io.causeway.bridge.UpstreamFixture.publish;
import static io.causeway.bridge.UpstreamFixture.settings;
import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A real mosquitto that does not let everybody in, or not over plain TCP. */
class SecuredBrokerTest {
    private final UpstreamFixture fixture = new UpstreamFixture();
    private final Path directory;
    private final OpenSsl openSsl;

    SecuredBrokerTest(@TempDir Path directory) {
        this.directory = directory;
        this.openSsl = new OpenSsl(directory);
    }

    @AfterEach
    void closeAll() {
        fixture.close();
    }

    /** One that shows a certificate for 127.0.0.1 and broker.test and wants one of the same authority. */
    private Mosquitto startWithTls() {
        openSsl.authority("authority");
        openSsl.certificate("server", "authority", "IP:127.0.0.1,DNS:broker.test");
        openSsl.certificate("client", "authority", "DNS:client.test");
        return fixture.broker(
                directory,
                "allow_anonymous true",
                "cafile " + openSsl.file("authority.crt"),
                "certfile " + openSsl.file("server.crt"),
                "keyfile " + openSsl.file("server.key"),
                "require_certificate true");
    }

    private TlsSettings tls() {
        return TlsSettings.DEFAULTS
                .withCaFile(openSsl.file("authority.crt"))
                .withClientCertificate(openSsl.file("client.crt"), openSsl.file("client.key"), "");
    }

    private void assertWorks(AggregatingSettings settings) {
        AggregatingUpstream upstream = fixture.connect(settings);
        Outcome outcome = publish(upstream, "a", "x".repeat(100_000), AT_LEAST_ONCE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(outcome.told()).containsExactly("accepted"));
        assertThat(fixture.counters.losses()).isZero();
    }

    private void assertTrouble(AggregatingSettings settings, String words) {
        AggregatingUpstream upstream = fixture.start(settings);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(upstream.troubles())
                        .singleElement()
                        .asString()
                        .contains(words));
    }

    @Test
    void certificatesOnBothSides_connects() {
        Mosquitto broker = startWithTls();
        assertWorks(settings(broker.uri("mqtts")).withTls(tls().withAlpnProtocols(List.of("mqtt"))));
    }

    @Test
    void otherNameAskedFor_isTheOneVerified() {
        Mosquitto broker = startWithTls();
        assertWorks(settings(broker.uri("mqtts")).withTls(tls().withServerName(true, "broker.test")));
    }

    @Test
    void certificateForAnotherName_isRefusedAndSaidInWords() {
        Mosquitto broker = startWithTls();
        assertTrouble(
                settings(broker.uri("mqtts")).withTls(tls().withServerName(true, "other.test")),
                "the broker's certificate is for another name");
    }

    @Test
    void certificateForAnotherNameThatIsNotVerified_connects() {
        Mosquitto broker = startWithTls();
        assertWorks(settings(broker.uri("mqtts")).withTls(tls().withServerName(false, "other.test")));
    }

    @Test
    void authorityNotTrusted_isSaidInWords() {
        Mosquitto broker = startWithTls();
        openSsl.authority("stranger");
        assertTrouble(
                settings(broker.uri("mqtts")).withTls(tls().withCaFile(openSsl.file("stranger.crt"))),
                "not from an authority that we trust");
    }

    @Test
    void noClientCertificate_isSaidInWords() {
        Mosquitto broker = startWithTls();
        assertTrouble(
                settings(broker.uri("mqtts")).withTls(TlsSettings.DEFAULTS.withCaFile(openSsl.file("authority.crt"))),
                "TLS");
    }

    @Test
    void fileThatIsNotThere_isNamed() {
        AggregatingSettings settings = settings(URI.create("mqtts://broker.test"))
                .withTls(TlsSettings.DEFAULTS.withCaFile("/no/such/file.crt"));
        assertThatThrownBy(() -> fixture.start(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot read /no/such/file.crt");
    }

    @Test
    void passwordWrong_isSaidInWordsAndTheRightOneConnects() throws Exception {
        Path passwords = directory.resolve("passwords");
        new ProcessBuilder(
                        Mosquitto.findProgram("mosquitto_passwd").toString(),
                        "-b",
                        "-c",
                        passwords.toString(),
                        "gateway",
                        "right")
                .start()
                .waitFor();
        Mosquitto broker = fixture.broker(directory, "allow_anonymous false", "password_file " + passwords);
        assertTrouble(settings(broker.uri()).withCredentials(new Credentials("gateway", "wrong")), "not authorized");
        assertWorks(settings(broker.uri()).withCredentials(new Credentials("gateway", "right")));
    }

    @Test
    void webSocket_connects() throws IOException {
        int port = startWithWebSockets();
        assertWorks(settings(URI.create("ws://127.0.0.1:" + port + "/mqtt")));
    }

    @Test
    void webSocketThroughTls_connects() throws IOException {
        openSsl.authority("authority");
        openSsl.certificate("server", "authority", "IP:127.0.0.1");
        int port =
                startWithWebSockets("certfile " + openSsl.file("server.crt"), "keyfile " + openSsl.file("server.key"));
        assertWorks(settings(URI.create("wss://127.0.0.1:" + port))
                .withTls(TlsSettings.DEFAULTS.withCaFile(openSsl.file("authority.crt"))));
    }

    /** Besides its plain listener: mosquitto 2.0.11 does not start with one for WebSockets only. */
    private int startWithWebSockets(String... more) throws IOException {
        Path program = Mosquitto.findProgram("mosquitto");
        assumeTrue(
                Files.readString(program, StandardCharsets.ISO_8859_1).contains("websockets_log_level"),
                "this mosquitto is built without WebSockets");
        int port = Mosquitto.freePort();
        Stream<String> lines =
                Stream.of("allow_anonymous true", "listener " + port + " 127.0.0.1", "protocol websockets");
        fixture.broker(directory, Stream.concat(lines, Stream.of(more)).toArray(String[]::new));
        return port;
    }
}
