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
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gateway and broker in one, on loopback: acknowledges all that MQTT-SN clients publish, and hands it to the MQTT client
 * that subscribed last.
 */
final class EchoSystem implements AutoCloseable {
    private static final int MAX_DATAGRAM_OCTETS = 65_507;
    private static final int TOPIC_ID = 1;
    private static final byte[] CONNACK = {0x20, 2, 0, 0};
    private static final int CONNECT = 0x10;
    private static final int SUBSCRIBE = 0x82;
    private static final int SUBACK = 0x90;
    private static final int PUBLISH = 0x30;

    private final DatagramSocket gateway;
    private final ServerSocket broker;

    /** By the address of the client, which has one. Of the gateway's thread. */
    private final Map<SocketAddress, String> topicNames = new HashMap<>();

    private volatile OutputStream subscriber = OutputStream.nullOutputStream();

    private EchoSystem(DatagramSocket gateway, ServerSocket broker) {
        this.gateway = gateway;
        this.broker = broker;
    }

    static EchoSystem start() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var system = new EchoSystem(
                new DatagramSocket(new InetSocketAddress(loopback, 0)), new ServerSocket(0, 1, loopback));
        start(system::beGateway);
        start(system::beBroker);
        return system;
    }

    InetSocketAddress gatewayAddress() {
        return (InetSocketAddress) gateway.getLocalSocketAddress();
    }

    URI brokerUri() {
        return URI.create("mqtt://127.0.0.1:" + broker.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        broker.close();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "echo-system");
        thread.setDaemon(true);
        thread.start();
    }

    private void beGateway() {
        try {
            while (!gateway.isClosed()) {
                serve();
            }
        } catch (IOException e) {
            if (!gateway.isClosed()) {
                throw new UncheckedIOException(e);
            }
        } catch (MalformedPacketException e) {
            throw new AssertionError("the fleet sent no packet", e);
        }
    }

    private void beBroker() {
        try {
            while (true) {
                Socket client = broker.accept();
                start(() -> answer(client));
            }
        } catch (IOException closed) {
            gateway.close();
        }
    }

    private void answer(Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream())) {
            OutputStream out = client.getOutputStream();
            for (int type = in.read(); type >= 0; type = in.read()) {
                byte[] body = in.readNBytes(in.read());
                if (type == CONNECT) {
                    out.write(CONNACK);
                } else if (type == SUBSCRIBE) {
                    out.write(subAck(ByteBuffer.wrap(body)));
                    subscriber = out;
                }
            }
        } catch (IOException goodbye) {
            subscriber = OutputStream.nullOutputStream();
        }
    }

    private static byte[] subAck(ByteBuffer subscribe) {
        short packetId = subscribe.getShort();
        int filters = 0;
        while (subscribe.hasRemaining()) {
            int octets = subscribe.getShort();
            subscribe.position(subscribe.position() + octets + 1);
            filters++;
        }
        ByteBuffer answer = ByteBuffer.allocate(4 + filters);
        return answer.put((byte) SUBACK)
                .put((byte) (2 + filters))
                .putShort(packetId)
                .array();
    }

    private void serve() throws IOException, MalformedPacketException {
        var datagram = new DatagramPacket(new byte[MAX_DATAGRAM_OCTETS], MAX_DATAGRAM_OCTETS);
        gateway.receive(datagram);
        var content = Unpooled.wrappedBuffer(datagram.getData(), 0, datagram.getLength());
        Packet packet = PacketCodec.decode(content, Leniency.STRICT);
        if (packet instanceof Register register) {
            topicNames.put(datagram.getSocketAddress(), register.topicName());
        } else if (packet instanceof Publish publish) {
            String topicName = topicNames.getOrDefault(datagram.getSocketAddress(), "");
            publish(topicName.getBytes(StandardCharsets.UTF_8), publish.data());
        }
        for (Packet answer : answers(packet)) {
            Octets octets = PacketCodec.encode(answer);
            gateway.send(new DatagramPacket(octets.toByteArray(), octets.length(), datagram.getSocketAddress()));
        }
    }

    /** A PUBLISH of QoS 0 with a body of less than 128 octets. */
    private void publish(byte[] topic, Octets payload) throws IOException {
        int bodyOctets = Short.BYTES + topic.length + payload.length();
        ByteBuffer packet = ByteBuffer.allocate(2 + bodyOctets);
        packet.put((byte) PUBLISH).put((byte) bodyOctets).putShort((short) topic.length);
        subscriber.write(packet.put(topic).put(payload.toByteArray()).array());
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
