package io.causeway.simulator.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** TCP between clients and a broker, which can be cut, and before that lose what the clients answer. */
final class Cable implements AutoCloseable {
    private static final int BUFFER_OCTETS = 1 << 16;

    private final ServerSocket plug;
    private final int brokerPort;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean losesAnswers;
    private volatile boolean hasLostAnswers;

    Cable(URI broker) throws IOException {
        this.brokerPort = broker.getPort();
        this.plug = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    URI uri() {
        return URI.create("mqtt://127.0.0.1:" + plug.getLocalPort());
    }

    /** From now on the broker hears nothing; until the cut. */
    void loseAnswers() {
        hasLostAnswers = false;
        losesAnswers = true;
    }

    boolean hasLostAnswers() {
        return hasLostAnswers;
    }

    /** All connections are lost; new ones are whole. */
    void cut() {
        ends.forEach(Cable::close);
        ends.clear();
        losesAnswers = false;
    }

    @Override
    public void close() throws IOException {
        plug.close();
        cut();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!plug.isClosed()) {
            try {
                Socket client = plug.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
                ends.add(client);
                ends.add(broker);
                start(() -> carry(client, broker, true));
                start(() -> carry(broker, client, false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket from, Socket to, boolean isAnswer) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[BUFFER_OCTETS];
            for (int octets = in.read(buffer); octets >= 0; octets = in.read(buffer)) {
                if (isAnswer && losesAnswers) {
                    hasLostAnswers = true;
                } else {
                    out.write(buffer, 0, octets);
                }
            }
        } catch (IOException cut) {
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
