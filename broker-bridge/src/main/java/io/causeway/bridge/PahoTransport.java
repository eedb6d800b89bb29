package io.causeway.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;

/**
 * A socket of ours in place of Paho's own: those read octet by octet, lose their place in the stream when a header
 * arrives in two parts, forget ALPN protocols and know the first address of a host only.
 */
final class PahoTransport implements NetworkModule {
    private final BrokerSocket socket;

    PahoTransport(BrokerSocket socket) {
        this.socket = socket;
    }

    @Override
    public void start() throws IOException {
        socket.open();
    }

    @Override
    public InputStream getInputStream() {
        return PahoTopics.guarding(socket.input());
    }

    @Override
    public OutputStream getOutputStream() {
        return socket.output();
    }

    @Override
    public void stop() throws IOException {
        socket.close();
    }

    @Override
    public String getServerURI() {
        return socket.toString();
    }
}
