package io.causeway.simulator.radio;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.radio.framing.Encapsulation;
import io.causeway.radio.framing.FrameDecoder;
import io.causeway.radio.framing.FrameMeter;
import io.causeway.radio.framing.FrameSettings;
import io.causeway.radio.framing.Framing;
import io.causeway.radio.framing.Sender;
import io.causeway.radio.xbee.frame.ApiMode;
import io.causeway.radio.xbee.frame.AtCommand;
import io.causeway.radio.xbee.frame.HostFrame;
import io.causeway.radio.xbee.frame.ModemStatus;
import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.RadioFrame;
import io.causeway.radio.xbee.frame.RadioFrameHandler;
import io.causeway.radio.xbee.frame.ReceivePacket;
import io.causeway.radio.xbee.frame.TransmitRequest;
import io.causeway.simulator.fleet.UdpResponder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

import static org.awaitility.Awaitility.await;

/** A gateway at a pseudo-terminal that says yes to everything. Its thread ends with the terminal. */
public final class PtyResponder {
    private static final int BUFFER_OCTETS = 4_096;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private PtyResponder() {}

    /** Whether there can be pseudo-terminals here. */
    public static boolean hasSocat() {
        try {
            return new ProcessBuilder("socat", "-V")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** At a radio in API mode 2, as soon as it is there. */
    public static void atXBee(Path port) {
        start(port, XBeeSide::new);
    }

    /** At a serial line, as soon as it is there. */
    public static void atLine(Path port, Framing framing) {
        start(port, out -> new LineSide(framing, out));
    }

    private static void start(Path port, SideMaker maker) {
        Thread thread = new Thread(() -> respond(port, maker), "pty-responder");
        thread.setDaemon(true);
        thread.start();
    }

    private static void respond(Path port, SideMaker maker) {
        await().atMost(TIMEOUT).until(() -> Files.exists(port));
        try (FileInputStream in = new FileInputStream(port.toFile());
                FileOutputStream out = new FileOutputStream(port.toFile())) {
            Consumer<ByteBuf> side = maker.make(octets -> write(out, octets));
            byte[] buffer = new byte[BUFFER_OCTETS];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                side.accept(Unpooled.copiedBuffer(buffer, 0, count));
            }
        } catch (IOException | UncheckedIOException e) {
            // the terminal is gone
        }
    }

    private static void write(FileOutputStream out, ByteBuf octets) {
        try {
            out.write(ByteBufUtil.getBytes(octets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Packet decode(ByteBuf datagram) {
        try {
            return PacketCodec.decode(datagram, Leniency.STRICT);
        } catch (MalformedPacketException e) {
            throw new AssertionError("a sensor sent no packet", e);
        }
    }

    private interface SideMaker {
        /** @return takes what comes */
        Consumer<ByteBuf> make(Consumer<ByteBuf> out);
    }

    private static final class XBeeSide implements Consumer<ByteBuf>, RadioFrameHandler {
        private final Consumer<ByteBuf> out;
        private final io.causeway.radio.xbee.frame.FrameDecoder<RadioFrame> decoder;
        private int frameId = 2;

        XBeeSide(Consumer<ByteBuf> out) {
            this.out = out;
            this.decoder =
                    io.causeway.radio.xbee.frame.FrameDecoder.ofRadio(ApiMode.ESCAPED, frame -> frame.accept(this));
            send(new AtCommand(1, "AP", Octets.EMPTY));
            send(new AtCommand(2, "AI", Octets.EMPTY));
        }

        private void send(HostFrame frame) {
            out.accept(ApiMode.ESCAPED.encode(frame));
        }

        @Override
        public void accept(ByteBuf octets) {
            decoder.decode(octets, System.nanoTime());
        }

        /** It may have been asked before it was in its network. */
        @Override
        public void onModemStatus(ModemStatus status) {
            send(new AtCommand(2, "AI", Octets.EMPTY));
        }

        @Override
        public void onReceivePacket(ReceivePacket received) {
            ByteBuf datagram = Unpooled.buffer();
            received.payload().writeTo(datagram);
            UdpResponder.answer(decode(datagram)).ifPresent(answer -> {
                frameId = frameId % 255 + 1;
                send(new TransmitRequest(
                        frameId, received.source64(), received.source16(), 0, 0, XBeeRig.octets(answer)));
            });
        }
    }

    private static final class LineSide implements Consumer<ByteBuf> {
        private final Framing framing;
        private final Consumer<ByteBuf> out;
        private final FrameDecoder decoder;

        LineSide(Framing framing, Consumer<ByteBuf> out) {
            this.framing = framing;
            this.out = out;
            FrameSettings settings =
                    new FrameSettings(Sender.CLIENT, Encapsulation.AUTO, 0, 1_024, Duration.ofSeconds(1));
            this.decoder = framing.decoder(settings, new FrameMeter(), this::onMessage);
        }

        @Override
        public void accept(ByteBuf octets) {
            decoder.decode(octets, System.nanoTime());
        }

        private void onMessage(ByteBuf message) {
            Packet packet = decode(message);
            if (packet instanceof Encapsulated envelope) {
                UdpResponder.answer(decode(envelope.packet().asByteBuf()))
                        .ifPresent(answer -> send(new Encapsulated(0, envelope.nodeId(), PacketCodec.encode(answer))));
            } else {
                UdpResponder.answer(packet).ifPresent(this::send);
            }
        }

        private void send(Packet packet) {
            ByteBuf message = PacketCodec.encode(packet).asByteBuf();
            ByteBuf frame = Unpooled.buffer(framing.mostOctets(message.readableBytes()));
            framing.encode(message, frame);
            out.accept(frame);
        }
    }
}
