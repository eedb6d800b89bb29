package io.causeway.bridge;

import io.causeway.store.Changes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.jspecify.annotations.Nullable;

/**
 * A socket of ours in place of Paho's own: those read octet by octet, lose their place in the stream when a header
 * arrives in two parts, forget ALPN protocols and know the first address of a host only.
 */
final class PahoTransport implements NetworkModule {
    private final BrokerSocket socket;
    private final Supplier<@Nullable Changes> latest;
    private final Runnable hurry;
    private final boolean asBridge;
    private volatile @Nullable GatedOutput output;

    /**
     * @param latest   the last unit that packets of QoS 2 rely on
     * @param hurry    has the store not wait with it
     * @param asBridge whether to say so in CONNECT
     */
    PahoTransport(BrokerSocket socket, Supplier<@Nullable Changes> latest, Runnable hurry, boolean asBridge) {
        this.socket = socket;
        this.latest = latest;
        this.hurry = hurry;
        this.asBridge = asBridge;
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
        OutputStream out = asBridge ? new AnnouncingOutput(socket.output()) : socket.output();
        GatedOutput gated = new GatedOutput(out, latest, hurry);
        output = gated;
        return gated;
    }

    @Override
    public void stop() throws IOException {
        GatedOutput gated = output;
        if (gated != null) {
            gated.giveUp();
        }
        socket.close();
    }

    @Override
    public String getServerURI() {
        return socket.toString();
    }
}
