package io.causeway.simulator.load;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.netty.buffer.Unpooled;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.function.Predicate;

/**
 * Gateway and broker in one, on loopback: acknowledges all that MQTT-SN clients publish, and hands it to the one MQTT
 * subscriber, but for what it is told to keep back.
 */
final class EchoSystem implements AutoCloseable {
    private static final int MAX_DATAGRAM_OCTETS = 65_507;
    private static final int TOPIC_ID = 1;
    private static final byte[] CONNACK = {0x20, 2, 0, 0};
    private static final byte[] SUBACK = {(byte) 0x90, 3, 0, 1, 0};
    private static final int PUBLISH = 0x30;

    private final DatagramSocket gateway;
    private final ServerSocket broker;
    private final Predicate<Publish> isKeptBack;
    private final Thread thread = new Thread(this::run, "echo-system");

    private EchoSystem(DatagramSocket gateway, ServerSocket broker, Predicate<Publish> isKeptBack) {
        this.gateway = gateway;
        this.broker = broker;
        this.isKeptBack = isKeptBack;
    }

    static EchoSystem start(Predicate<Publish> isKeptBack) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var system = new EchoSystem(
                new DatagramSocket(new InetSocketAddress(loopback, 0)), new ServerSocket(0, 1, loopback), isKeptBack);
        system.thread.setDaemon(true);
        system.thread.start();
        return system;
    }

    InetSocketAddress gatewayAddress() {
        return (InetSocketAddress) gateway.getLocalSocketAddress();
    }

    InetSocketAddress brokerAddress() {
        return (InetSocketAddress) broker.getLocalSocketAddress();
    }

    /** Waits for its thread: as long as that is in accept(), it may still get a connection. */
    @Override
    public void close() throws IOException {
        gateway.close();
        broker.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Socket subscriber = broker.accept()) {
            DataOutputStream out = new DataOutputStream(subscriber.getOutputStream());
            readPacket(subscriber.getInputStream());
            out.write(CONNACK);
            readPacket(subscriber.getInputStream());
            out.write(SUBACK);
            while (!gateway.isClosed()) {
                serve(out);
            }
        } catch (IOException e) {
            if (!gateway.isClosed()) {
                throw new UncheckedIOException(e);
            }
        } catch (MalformedPacketException e) {
            throw new AssertionError("the fleet sent no packet", e);
        }
    }

    private static void readPacket(InputStream in) throws IOException {
        in.read();
        in.readNBytes(in.read());
    }

    private void serve(DataOutputStream subscriber) throws IOException, MalformedPacketException {
        var datagram = new DatagramPacket(new byte[MAX_DATAGRAM_OCTETS], MAX_DATAGRAM_OCTETS);
        gateway.receive(datagram);
        var content = Unpooled.wrappedBuffer(datagram.getData(), 0, datagram.getLength());
        Packet packet = PacketCodec.decode(content, Leniency.STRICT);
        if (packet instanceof Publish publish && !isKeptBack.test(publish)) {
            publish(publish.data(), subscriber);
        }
        for (Packet answer : answers(packet)) {
            Octets octets = PacketCodec.encode(answer);
            gateway.send(new DatagramPacket(octets.toByteArray(), octets.length(), datagram.getSocketAddress()));
        }
    }

    /** A PUBLISH of QoS 0 with a topic of one character and a body of less than 128 octets. */
    private static void publish(Octets payload, DataOutputStream subscriber) throws IOException {
        subscriber.writeByte(PUBLISH);
        subscriber.writeByte(payload.length() + 3);
        subscriber.writeUTF("t");
        subscriber.write(payload.toByteArray());
    }

    private static List<Packet> answers(Packet packet) {
        if (packet instanceof Connect) {
            return List.of(new ConnAck(ReturnCode.ACCEPTED));
        } else if (packet instanceof Register register) {
            return List.of(new RegAck(TOPIC_ID, register.msgId(), ReturnCode.ACCEPTED));
        } else if (packet instanceof Publish publish && publish.qos() == Qos.AT_LEAST_ONCE) {
            return List.of(new PubAck(publish.topicId(), publish.msgId(), ReturnCode.ACCEPTED));
        } else if (packet instanceof Publish publish && publish.qos() == Qos.EXACTLY_ONCE) {
            return List.of(new PubRec(publish.msgId()));
        } else if (packet instanceof PubRel pubRel) {
            return List.of(new PubComp(pubRel.msgId()));
        }
        return packet instanceof Disconnect ? List.of(Disconnect.plain()) : List.of();
    }
}
