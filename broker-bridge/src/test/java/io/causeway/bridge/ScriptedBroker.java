package io.causeway.bridge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** A broker that does what the test says, packet by packet: the test's thread reads, answers and cuts. */
final class ScriptedBroker implements Closeable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int CONNECT = 1;
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int PUBREC = 5;
    private static final int PUBREL = 6;
    private static final int PUBCOMP = 7;
    private static final int DUP = 0x08;

    private final ServerSocket listener;
    private Socket connection = new Socket();

    ScriptedBroker() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(PATIENCE_MILLIS);
    }

    URI uri() {
        return URI.create("mqtt://127.0.0.1:" + listener.getLocalPort());
    }

    /** Lets the next connection in, up to its CONNACK. */
    void accept(boolean sessionPresent) throws IOException {
        readConnect();
        write(CONNACK, sessionPresent ? 0x0100 : 0); // session present, return code 0: accepted
    }

    /** As {@link #accept} with a new session; returns the protocol level. */
    int acceptLevel() throws IOException {
        int level = readConnect();
        write(CONNACK, 0);
        return level;
    }

    /** Refuses the protocol level of the next connection, and returns it. */
    int refuseLevel() throws IOException {
        int level = readConnect();
        write(CONNACK, 1); // return code 1: unacceptable protocol version
        cut();
        return level;
    }

    /** Hangs up on the next connection, and returns its protocol level. */
    int hangUp() throws IOException {
        int level = readConnect();
        cut();
        return level;
    }

    /** Says nothing to the next connection, and returns its protocol level. */
    int ignore() throws IOException {
        return readConnect();
    }

    private int readConnect() throws IOException {
        connection = listener.accept();
        connection.setSoTimeout(PATIENCE_MILLIS);
        Packet packet = readPacket();
        if (packet.type() != CONNECT) {
            throw new IOException("the first packet is no CONNECT but of type " + packet.type());
        }
        packet.body().readUTF();
        return packet.body().readUnsignedByte();
    }

    /** The next packet, as {@code PUBLISH <id> <topic>}, with {@code again} if it says so, or {@code PUBREL <id>}. */
    String read() throws IOException {
        Packet packet = readPacket();
        return switch (packet.type()) {
            case PUBLISH -> {
                String topic = packet.body().readUTF();
                boolean again = (packet.flags() & DUP) != 0;
                yield "PUBLISH " + packet.body().readUnsignedShort() + " " + topic + (again ? " again" : "");
            }
            case PUBREC -> "PUBREC " + packet.body().readUnsignedShort();
            case PUBREL -> "PUBREL " + packet.body().readUnsignedShort();
            case PUBCOMP -> "PUBCOMP " + packet.body().readUnsignedShort();
            default -> "packet of type " + packet.type();
        };
    }

    void pubRec(int packetId) throws IOException {
        write(PUBREC, packetId);
    }

    void pubComp(int packetId) throws IOException {
        write(PUBCOMP, packetId);
    }

    void pubRel(int packetId) throws IOException {
        write(PUBREL, 0x02, packetId);
    }

    /** Sends a message of QoS 2 without payload. */
    void publish(int packetId, String topic) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(packet);
        out.writeByte(PUBLISH << 4 | 0x04);
        out.writeByte(2 + topic.length() + 2);
        out.writeUTF(topic);
        out.writeShort(packetId);
        connection.getOutputStream().write(packet.toByteArray());
    }

    void cut() throws IOException {
        connection.close();
    }

    /** @param body two octets */
    private void write(int type, int body) throws IOException {
        write(type, 0, body);
    }

    private void write(int type, int flags, int body) throws IOException {
        connection.getOutputStream().write(new byte[] {(byte) (type << 4 | flags), 2, (byte) (body >> 8), (byte) body});
    }

    private Packet readPacket() throws IOException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        int first = in.readUnsignedByte();
        byte[] body = new byte[in.readUnsignedByte()]; // less than 128: no test sends more
        in.readFully(body);
        return new Packet(first >> 4, first & 0x0F, new DataInputStream(new ByteArrayInputStream(body)));
    }

    @Override
    public void close() throws IOException {
        cut();
        listener.close();
    }

    private record Packet(int type, int flags, DataInputStream body) {}
}
