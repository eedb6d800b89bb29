package io.causeway.simulator.verify;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttSecurityException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Paho's client, which reads from the socket octet by octet, with a buffer in between: a third of the system calls. */
final class BufferedClient extends MqttAsyncClient {
    BufferedClient(String address, String clientId) throws MqttException {
        super(address, clientId, new MemoryPersistence());
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options)
            throws MqttException, MqttSecurityException {
        NetworkModule[] modules = super.createNetworkModules(address, options);
        for (int index = 0; index < modules.length; index++) {
            modules[index] = new Buffered(modules[index]);
        }
        return modules;
    }

    private static final class Buffered implements NetworkModule {
        private final NetworkModule module;
        private InputStream input = InputStream.nullInputStream();

        private Buffered(NetworkModule module) {
            this.module = module;
        }

        @Override
        public void start() throws IOException, MqttException {
            module.start();
            input = new BufferedInputStream(module.getInputStream());
        }

        @Override
        public InputStream getInputStream() {
            return input;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return module.getOutputStream();
        }

        @Override
        public void stop() throws IOException {
            module.stop();
        }

        @Override
        public String getServerURI() {
            return module.getServerURI();
        }
    }
}
