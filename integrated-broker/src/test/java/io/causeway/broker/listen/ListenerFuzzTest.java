package io.causeway.broker.listen;

import io.causeway.broker.session.BrokerCount;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Good streams of octets with something wrong in them, over real sockets: whatever comes, the connection goes on or is
 * closed, no session fails by a fault of ours, and a neighbour on the same loops notices nothing.
 */
class ListenerFuzzTest {
    /** What a build takes; {@code -Dfuzz.seconds} gives it more. */
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 5));

    private static final long SEED = Long.getLong("fuzz.seed", 20_261_120);

    /** Each a CONNECT, and packets that follow it in the same version. */
    private static final List<String> STREAMS = List.of(
            RawClient.CONNECT_311 + "82 06 0001 0001 74 01" + "32 06 0001 74 0002 68" + "c000 e000",
            RawClient.CONNECT_311 + "82 06 0001 0001 23 02" + "34 06 0001 74 0003 68" + "62 02 0003" + "40 02 0001",
            "10 0f 0006 4d5149736470 03 02 003c 0001 61" + "31 05 0001 74 6869" + "6a 02 0001" + "a2 05 0002 0001 74",
            "10 19 0004 4d515454 04 c6 003c 0001 61 0001 77 0001 6d 0001 75 0001 70" + "c000",
            RawClient.CONNECT_5 + "30 09 0001 74 03 23 0001 6869",
            RawClient.CONNECT_5 + "82 09 0001 02 0b05 0001 74 2e" + "32 0e 0001 74 0001 07 26 0001 6b 0001 76 68",
            RawClient.CONNECT_5 + "30 10 0001 74 0b 02 00000001 08 0001 72 0101 68" + "e0 02 04 00" + "f0 02 18 00",
            "10 1f 0004 4d515454 05 06 003c 05 11 0000000a 0001 61 05 18 00000001 0001 77 0001 6d" + "c000",
            RawClient.CONNECT_5 + "34 07 0001 74 0001 00 68" + "62 04 0001 00 00" + "50 03 0001 10"
                    + "a2 06 0002 00 0001 74");

    private final TestBroker broker = new TestBroker();
    private final MqttListener listener = broker.listen(ListenerScheme.MQTT);

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void damagedStreams_endInNothingButAClose() throws IOException {
        Random random = new Random(SEED);
        long endNanos = System.nanoTime() + TIME.toNanos();
        try (RawClient neighbour = RawClient.to(listener.address()).send(RawClient.connect311("neighbour"))) {
            assertThat(neighbour.read(4)).isEqualTo(RawClient.CONNACK_311);
            int streams = 0;
            while (System.nanoTime() - endNanos < 0) {
                byte[] stream = damaged(random);
                feed(stream, random);
                streams++;
                assertThat(neighbour.isServed())
                        .as("after %s", HexFormat.of().formatHex(stream))
                        .isTrue();
            }
            assertThat(streams).isGreaterThan(50);
            await("all others are gone").until(() -> listener.connections() == 1);
            assertThat(broker.count(BrokerCount.SESSIONS_FAILED)).isZero();
        }
    }

    /** In a few pieces; then the client goes, one way or the other. */
    private void feed(byte[] stream, Random random) throws IOException {
        try (Socket socket =
                new Socket(listener.address().getAddress(), listener.address().getPort())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(50);
            int cut = random.nextInt(stream.length + 1);
            socket.getOutputStream().write(stream, 0, cut);
            socket.getOutputStream().write(stream, cut, stream.length - cut);
            if (random.nextInt(4) == 0) {
                socket.setSoLinger(true, 0);
                return;
            }
            socket.shutdownOutput();
            InputStream answers = socket.getInputStream();
            while (answers.read() >= 0) {
                // whatever it is
            }
        } catch (SocketException | SocketTimeoutException closedByServer) {
            // as it may
        }
    }

    private static byte[] damaged(Random random) {
        String hex = STREAMS.get(random.nextInt(STREAMS.size())).replace(" ", "");
        byte[] stream = HexFormat.of().parseHex(hex);
        int wounds = 1 + random.nextInt(3);
        for (int i = 0; i < wounds; i++) {
            stream = wounded(stream, random);
        }
        return stream;
    }

    private static byte[] wounded(byte[] stream, Random random) {
        if (stream.length == 0) {
            return stream;
        }
        // Most wounds are behind the first octets: without a CONNECT nothing more is read.
        int at = random.nextInt(stream.length);
        byte[] changed = stream.clone();
        switch (random.nextInt(5)) {
            case 0 -> changed[at] = (byte) random.nextInt(256);
            case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> changed = Arrays.copyOf(stream, at);
            case 3 -> changed = without(stream, at);
            default -> changed = twice(stream, at, random.nextInt(stream.length - at) + 1);
        }
        return changed;
    }

    private static byte[] without(byte[] stream, int at) {
        byte[] shorter = new byte[stream.length - 1];
        System.arraycopy(stream, 0, shorter, 0, at);
        System.arraycopy(stream, at + 1, shorter, at, shorter.length - at);
        return shorter;
    }

    private static byte[] twice(byte[] stream, int at, int length) {
        byte[] longer = new byte[stream.length + length];
        System.arraycopy(stream, 0, longer, 0, at + length);
        System.arraycopy(stream, at, longer, at + length, stream.length - at);
        return longer;
    }
}
