package io.causeway.bridge;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A stream to a broker, through TLS and WebSocket where its address says so. One thread opens it, one reads, one
 * writes; any may close it.
 */
final class BrokerSocket implements Closeable {
    private static final int READ_BUFFER_OCTETS = 32 * 1024;

    private final BrokerAddress address;
    private final TlsSettings tls;
    private final @Nullable SSLContext context;
    private final int timeoutMillis;
    private volatile @Nullable Socket tcp;
    private volatile boolean opened;
    private volatile boolean closed;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();

    /**
     * @param context       null: no TLS
     * @param timeoutMillis longest wait for each step of opening
     */
    BrokerSocket(BrokerAddress address, TlsSettings tls, @Nullable SSLContext context, int timeoutMillis) {
        this.address = address;
        this.tls = tls;
        this.context = context;
        this.timeoutMillis = timeoutMillis;
    }

    /** Connects to the first of the host's addresses that answers, and shakes hands. Blocks. */
    void open() throws IOException {
        Socket socket = connect();
        socket.setTcpNoDelay(true); // or the second of two QoS 0 messages waits for the broker's delayed ACK
        socket.setSoTimeout(timeoutMillis);
        Socket secured = context == null ? socket : secure(socket, context);
        in = new BufferedInputStream(secured.getInputStream(), READ_BUFFER_OCTETS);
        out = secured.getOutputStream();
        if (address.scheme().isWebSocket()) {
            WebSocket webSocket = WebSocket.open(address, in, out);
            in = webSocket.input();
            out = webSocket.output();
        }
        socket.setSoTimeout(0); // from here on the keep-alive notices a broker that fell silent
        opened = true;
    }

    /** Whether the broker, or something in its place, has been reached. Any thread. */
    boolean wasOpened() {
        return opened;
    }

    InputStream input() {
        return in;
    }

    OutputStream output() {
        return out;
    }

    /** Drops the connection below TLS, whose own closing could wait for a writer that is stuck. */
    @Override
    public void close() throws IOException {
        closed = true;
        Socket open = tcp;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }

    private Socket connect() throws IOException {
        IOException failure = new IOException("no address");
        for (InetAddress each : InetAddress.getAllByName(address.host())) {
            Socket socket = new Socket();
            tcp = socket;
            try {
                if (closed) {
                    throw new IOException("given up");
                }
                socket.connect(new InetSocketAddress(each, address.port()), timeoutMillis);
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    private Socket secure(Socket plain, SSLContext tlsContext) throws IOException {
        String name = tls.serverName().isEmpty() ? address.host() : tls.serverName();
        SSLSocket secured = (SSLSocket) tlsContext.getSocketFactory().createSocket(plain, name, address.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        if (tls.verifyServerName()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (!tls.serverName().isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        parameters.setApplicationProtocols(tls.alpnProtocols().toArray(String[]::new));
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }
}
