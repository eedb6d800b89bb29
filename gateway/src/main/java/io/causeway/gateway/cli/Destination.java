package io.causeway.gateway.cli;

import io.causeway.bridge.TlsSettings;
import io.causeway.client.ClientSettings;
import io.causeway.gateway.config.BrokerUri;
import io.causeway.settings.HostPort;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;

/** Where {@code pub} and {@code sub} connect to. */
sealed interface Destination {
    String UDP = "udp://";

    /** @throws IllegalArgumentException with the reason, if the text is no address of a gateway or a broker */
    static Destination parse(String text) {
        if (text.startsWith(UDP)) {
            return new Gateway(HostPort.parse(text.substring(UDP.length())));
        }
        return new Broker(BrokerUri.parse(text));
    }

    /**
     * Makes a client that is not connected yet.
     *
     * @throws CommandFailure if the name of the host is unknown, or there is no way to it
     */
    Messenger open(Login login, Messenger.Listener listener) throws CommandFailure, InterruptedException;

    /**
     * As whom to connect.
     *
     * @param clientId not empty
     * @param cleanSession whether the session ends with the connection
     * @param keepAlive the longest silence, whole seconds up to 65535
     * @param user for a broker; empty for none
     * @param password of the user
     * @param tls for a broker
     */
    record Login(
            String clientId, boolean cleanSession, Duration keepAlive, String user, String password, TlsSettings tls) {}

    /** A gateway, by MQTT-SN over UDP. */
    record Gateway(HostPort address) implements Destination {
        /** Someone waits at a terminal, so this is shorter than T_retry of a device (1.2 §7.2). */
        private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

        private static final int RETRY_COUNT = 3;

        @Override
        public Messenger open(Login login, Messenger.Listener listener) throws CommandFailure, InterruptedException {
            ClientSettings settings = ClientSettings.forClient(login.clientId())
                    .cleanSession(login.cleanSession())
                    .keepAlive(login.keepAlive())
                    .retry(RETRY_INTERVAL, RETRY_COUNT)
                    .build();
            return SensorMessenger.open(address, settings, listener);
        }
    }

    /** A broker, by MQTT. */
    record Broker(BrokerUri uri) implements Destination {
        @Override
        public Messenger open(Login login, Messenger.Listener listener) throws CommandFailure {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setCleanSession(login.cleanSession());
            options.setKeepAliveInterval(Math.toIntExact(login.keepAlive().toSeconds()));
            if (!login.user().isEmpty()) {
                options.setUserName(login.user());
                options.setPassword(login.password().toCharArray());
            }
            if (uri.usesTls()) {
                options.setSocketFactory(contextOf(login.tls()).getSocketFactory());
            } else if (!login.tls().equals(TlsSettings.DEFAULTS)) {
                throw new CommandFailure("--ca-file, --cert and --key are for mqtts:// and wss://: " + uri);
            }
            return BrokerMessenger.open(uri, login.clientId(), options, listener);
        }

        private static SSLContext contextOf(TlsSettings tls) throws CommandFailure {
            try {
                return tls.toContext();
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(String.valueOf(e.getMessage()));
            }
        }
    }
}
