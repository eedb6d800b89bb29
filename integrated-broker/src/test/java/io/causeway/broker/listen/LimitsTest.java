package io.causeway.broker.listen;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The bounds of a listener, without a socket. */
class LimitsTest {
    private final InetAddress first = address(1);
    private final InetAddress second = address(2);

    @Test
    void connections_areBoundedInAllAndPerAddress_andComeFreeAgain() {
        OpenConnections connections = new OpenConnections(new ListenerLimits(3, 2, 1, Duration.ofSeconds(1), 1_024));
        EmbeddedChannel gone = new EmbeddedChannel();

        assertThat(connections.tryAdd(gone, first)).isTrue();
        assertThat(connections.tryAdd(new EmbeddedChannel(), first)).isTrue();
        assertThat(connections.tryAdd(new EmbeddedChannel(), first)).isFalse();
        assertThat(connections.tryAdd(new EmbeddedChannel(), second)).isTrue();
        assertThat(connections.tryAdd(new EmbeddedChannel(), second)).isFalse();
        assertThat(connections.size()).isEqualTo(3);

        gone.finish();
        assertThat(connections.size()).isEqualTo(2);
        assertThat(connections.tryAdd(new EmbeddedChannel(), first)).isTrue();
    }

    @Test
    void strangers_theOldestGoesAndWhoHasSpokenStays() {
        Strangers strangers = new Strangers(2);
        EmbeddedChannel oldest = new EmbeddedChannel();
        EmbeddedChannel spoken = new EmbeddedChannel();

        assertThat(strangers.add(spoken)).isEmpty();
        strangers.remove(spoken);
        assertThat(strangers.add(oldest)).isEmpty();
        assertThat(strangers.add(new EmbeddedChannel())).isEmpty();
        assertThat(strangers.add(new EmbeddedChannel())).contains(oldest);
    }

    @Test
    void acceptingThatFails_isTriedAgainAMomentLater() {
        EmbeddedChannel server = new EmbeddedChannel(
                new AcceptErrors("mqtt://127.0.0.1:1883", new OccasionalLog(NOPLogger.NOP_LOGGER, 0)));

        server.pipeline().fireExceptionCaught(new IOException("Too many open files"));
        assertThat(server.config().isAutoRead()).isFalse();

        server.advanceTimeBy(1, TimeUnit.SECONDS);
        server.runScheduledPendingTasks();
        assertThat(server.config().isAutoRead()).isTrue();
    }

    @Test
    void settingsThatContradictThemselves_areRefused() {
        ListenerTls tls = new ListenerTls("server.crt", "server.key");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListenerSettings(ListenerScheme.MQTTS, TestBroker.anyPort(), null))
                .withMessage("mqtts needs TLS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListenerSettings(ListenerScheme.WS, TestBroker.anyPort(), tls))
                .withMessage("ws has no TLS");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ListenerTls("server.crt", "server.key", "", ListenerTls.ClientCertificates.REQUIRED, ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListenerLimits(0, 1, 1, Duration.ofSeconds(1), 1_024));
        assertThat(new ListenerTls("server.crt", "server.key", "secret", ListenerTls.ClientCertificates.NONE, ""))
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void commonName_isFoundWhereverItStands() {
        assertThat(CertificateName.commonName("CN=sensor-7,O=plant\\, north")).contains("sensor-7");
        assertThat(CertificateName.commonName("O=plant,CN=a\\,b")).contains("a,b");
        assertThat(CertificateName.commonName("O=plant")).isEmpty();
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
