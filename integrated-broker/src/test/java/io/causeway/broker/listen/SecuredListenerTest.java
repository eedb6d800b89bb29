package io.causeway.broker.listen;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.causeway.access.Identity;
import io.causeway.broker.listen.ListenerTls.ClientCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** TLS, with mosquitto's clients on the other side. */
class SecuredListenerTest {
    @TempDir
    private static Path keys;

    @TempDir
    private Path directory;

    private final TestBroker broker = new TestBroker();

    @BeforeAll
    static void makeCertificates() {
        OpenSsl openSsl = new OpenSsl(keys);
        openSsl.authority("ca");
        openSsl.authority("strange");
        openSsl.certificate("server", "ca");
        openSsl.certificate("sensor-7", "ca");
        openSsl.certificate("stranger", "strange");
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void clientThatTrustsTheServer_isServed() {
        MqttListener listener = listen(ClientCertificates.NONE);

        MosquittoClient client = client(listener, "--cafile", file("ca.crt"));

        assertThat(client.publish("-t", "t", "-m", "m", "-q", "1"))
                .as(client::said)
                .isZero();
        assertThat(listener.endpoint()).startsWith("mqtts://127.0.0.1:");
    }

    @Test
    void nameInTheCertificate_isTheClientsCredential() {
        List<String> names = new CopyOnWriteArrayList<>();
        broker.useAuthenticator(credentials -> {
            names.add(String.valueOf(credentials.certificateName()));
            return Optional.of(Identity.anonymous(credentials.clientId()));
        });
        MqttListener listener = listen(ClientCertificates.OPTIONAL);

        client(listener, "--cafile", file("ca.crt")).publish("-t", "t", "-m", "m");
        client(listener, "--cafile", file("ca.crt"), "--cert", file("sensor-7.crt"), "--key", file("sensor-7.key"))
                .publish("-t", "t", "-m", "m");

        assertThat(names).containsExactly("null", "sensor-7");
    }

    @Test
    void certificateRequired_noneOrAStrangersIsTurnedAway() {
        MqttListener listener = listen(ClientCertificates.REQUIRED);

        assertThat(client(listener, "--cafile", file("ca.crt")).publish("-t", "t", "-m", "m"))
                .isNotZero();
        assertThat(client(
                                listener,
                                "--cafile",
                                file("ca.crt"),
                                "--cert",
                                file("stranger.crt"),
                                "--key",
                                file("stranger.key"))
                        .publish("-t", "t", "-m", "m"))
                .isNotZero();
        assertThat(client(
                                listener,
                                "--cafile",
                                file("ca.crt"),
                                "--cert",
                                file("sensor-7.crt"),
                                "--key",
                                file("sensor-7.key"))
                        .publish("-t", "t", "-m", "m", "-q", "1"))
                .isZero();
        await().until(() -> listener.connections() == 0);
    }

    @Test
    void clientWithoutTls_isClosed() {
        MqttListener listener = listen(ClientCertificates.NONE);

        try (RawClient plain = RawClient.to(listener.address())) {
            assertThat(plain.send(RawClient.CONNECT_311).readToEnd()).doesNotContain(RawClient.CONNACK_311);
        }
    }

    @Test
    void largeMessage_comesThroughTlsWhole() throws IOException {
        MqttListener listener = listen(ClientCertificates.NONE);
        Path large = Files.writeString(directory.resolve("large"), "x".repeat(200_000));
        MosquittoClient client = client(listener, "--cafile", file("ca.crt"));
        MosquittoClient.Subscription subscription = client.subscribe(1, "-t", "large", "-q", "1");
        await().until(() -> listener.connections() == 1);

        await().until(() -> client.publish("-t", "large", "-f", large.toString(), "-q", "1", "-r") == 0);

        assertThat(subscription.lines()).containsExactly("x".repeat(200_000));
    }

    @Test
    void webSocketOverTls_isServed() throws IOException, GeneralSecurityException {
        ListenerTls tls = new ListenerTls(file("server.crt"), file("server.key"));
        MqttListener listener = broker.listen(new ListenerSettings(ListenerScheme.WSS, TestBroker.anyPort(), tls));
        Mqtt5BlockingClient client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost("127.0.0.1")
                .serverPort(listener.address().getPort())
                .webSocketConfig()
                .serverPath("mqtt")
                .applyWebSocketConfig()
                .sslConfig()
                .trustManagerFactory(trusting(file("ca.crt")))
                .applySslConfig()
                .buildBlocking();

        client.connect();
        client.publishWith().topic("t").qos(MqttQos.EXACTLY_ONCE).send();
        client.disconnect();

        await().until(() -> listener.connections() == 0);
    }

    @Test
    void fileThatCannotBeUsed_isNamed() throws IOException {
        Path noKey = Files.writeString(directory.resolve("no.key"), "nothing");

        assertThatThrownBy(() ->
                        MqttListener.open(settings(new ListenerTls(file("server.crt"), file("gone.key"))), broker))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone.key");
        assertThatThrownBy(() ->
                        MqttListener.open(settings(new ListenerTls(file("server.crt"), noKey.toString())), broker))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no.key")
                .hasMessageContaining("PKCS#8");
    }

    @Test
    void keyOfAnotherCertificate_isSaidAtTheStart() {
        assertThatThrownBy(() ->
                        MqttListener.open(settings(new ListenerTls(file("server.crt"), file("sensor-7.key"))), broker))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sensor-7.key")
                .hasMessageContaining("is not that of the certificate");
    }

    @Test
    void oldFormOfAKey_isSaidHowToTurn() {
        new OpenSsl(keys).run("rsa -in server.key -traditional -out old.key");

        assertThatThrownBy(
                        () -> MqttListener.open(settings(new ListenerTls(file("server.crt"), file("old.key"))), broker))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("openssl pkcs8 -topk8");
    }

    private static TrustManagerFactory trusting(String authority) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(Path.of(authority))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private MqttListener listen(ClientCertificates certificates) {
        String authorities = certificates == ClientCertificates.NONE ? "" : file("ca.crt");
        return broker.listen(
                settings(new ListenerTls(file("server.crt"), file("server.key"), "", certificates, authorities)));
    }

    private static ListenerSettings settings(ListenerTls tls) {
        return new ListenerSettings(ListenerScheme.MQTTS, TestBroker.anyPort(), tls);
    }

    private MosquittoClient client(MqttListener listener, String... options) {
        return new MosquittoClient(listener.address(), "5", directory, options);
    }

    private static String file(String name) {
        return keys.resolve(name).toString();
    }
}
