package io.causeway.radio.serial;

import io.causeway.radio.LinkState;
import io.causeway.radio.framing.Framing;
import io.causeway.radio.port.LineSettings;
import io.causeway.radio.port.LineSettings.FlowControl;
import io.causeway.radio.port.PortSelector;
import io.causeway.radio.port.SerialPorts;
import io.causeway.testkit.PtyBench;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** The whole link, at the near end of a pseudo-terminal. */
@Timeout(60)
class SerialLinkTest {
    private static final String CONNECT = "0e040401003c6e6f64652d303031";
    private static final String CONNACK = "030500";

    private final List<String> received = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @EnumSource
    void client_isAnsweredBeforeAndAfterTheAdapterIsPulled(Framing framing, @TempDir Path directory) throws Exception {
        assumeThat(PtyBench.isAvailable()).as("there is a socat").isTrue();
        EventExecutor loop = new DefaultEventExecutor();
        try (PtyBench bench = PtyBench.plugged(directory, "line");
                SerialTransport link = link(bench, directory, framing, loop)) {
            link.open((from, datagram, multicast) -> {
                received.add(ByteBufUtil.hexDump(datagram));
                link.send(from, octets(CONNACK));
            });
            connect(bench, framing, link, 1);

            bench.unplug();
            await().until(() -> link.state() instanceof LinkState.Down);
            bench.plug();

            connect(bench, framing, link, 2);
        } finally {
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        }
    }

    private static SerialTransport link(PtyBench bench, Path directory, Framing framing, EventExecutor loop)
            throws Exception {
        PortSelector port = PortSelector.parse(bench.link().toString());
        SerialSettings settings = SerialSettings.on(new LineSettings(port, 115_200, FlowControl.NONE), framing);
        SerialPorts ports = SerialPorts.load(List.of(directory));
        return new SerialTransport(settings, ports.line(settings.line(), settings.sendGap(), loop), loop);
    }

    private void connect(PtyBench bench, Framing framing, SerialTransport link, int times) throws Exception {
        await().until(() -> link.state().equals(LinkState.UP));
        bench.send(onLine(framing, CONNECT));
        await().untilAsserted(() -> assertThat(received).hasSize(times).containsOnly(CONNECT));
        byte[] answer = onLine(framing, CONNACK);
        assertThat(bench.received().readNBytes(answer.length)).isEqualTo(answer);
    }

    private static byte[] onLine(Framing framing, String message) {
        ByteBuf out = Unpooled.buffer();
        framing.encode(octets(message), out);
        return ByteBufUtil.getBytes(out);
    }

    private static ByteBuf octets(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }
}
