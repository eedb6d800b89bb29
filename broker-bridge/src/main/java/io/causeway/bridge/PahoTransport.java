package io.causeway.bridge;

import io.causeway.store.Changes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
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
    private final Duration patience;
    private volatile @Nullable GatedOutput output;

    /**
     * @param asBridge whether to say so in CONNECT
     * @param latest   the last unit that packets of QoS 2 rely on
     * @param hurry    has the store not wait with it
     * @param patience how long such a packet has all others wait for it
     */
    PahoTransport(
            BrokerSocket socket,
            boolean asBridge,
            Supplier<@Nullable Changes> latest,
            Runnable hurry,
            Duration patience) {
        this.socket = socket;
        this.asBridge = asBridge;
        this.latest = latest;
        this.hurry = hurry;
        this.patience = patience;
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
        GatedOutput gated = new GatedOutput(out, latest, hurry, patience);
        output = gated;
        return gated;
    }

    /** See {@link GatedOutput#sendHeld}. Any thread. */
    boolean sendHeld() throws IOException {
        GatedOutput gated = output;
        return gated == null || gated.sendHeld();
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
