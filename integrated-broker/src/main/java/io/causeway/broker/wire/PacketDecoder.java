package io.causeway.broker.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes packets of what a client sends: waits for a whole packet, of no more than the allowed size, and reads exactly
 * that. The first has to be a CONNECT; behind it nothing is read until {@link #RESUME}, so that whoever lets the client
 * in can take his time.
 *
 * <p>Fires an {@link UnsupportedVersionException} or a {@link BadPacketException} once, and drops what follows. Owned by
 * the loop of its channel.
 */
public final class PacketDecoder extends ByteToMessageDecoder {
    /** An event for the pipeline: read on behind the CONNECT. To be fired from a task, not from within a read. */
    public static final Object RESUME = new Object();

    private static final int DUP = 0b1000;
    /** What PUBREL, SUBSCRIBE and UNSUBSCRIBE have for flags. [MQTT-2.1.3-1] */
    private static final int FIXED_FLAGS = 0b0010;

    private final int maxOctets;
    private final int maxConnectOctets;
    private @Nullable MqttVersion version;
    private @Nullable PacketReader reader;
    private final UnfinishedPackets unfinished;
    /** Octets of the packet that is coming, as far as they count. */
    private int held;

    private State state = State.BEFORE_CONNECT;

    private enum State {
        BEFORE_CONNECT,
        /** The CONNECT is read, what follows it waits. */
        HELD,
        OPEN,
        FAILED
    }

    /**
     * @param maxOctets        of a packet, its fixed header included
     * @param maxConnectOctets of the first one: whoever sends it is still a stranger
     * @param unfinished       of all connections together
     */
    public PacketDecoder(int maxOctets, int maxConnectOctets, UnfinishedPackets unfinished) {
        this.unfinished = unfinished;
        this.maxOctets = maxOctets;
        this.maxConnectOctets = Math.min(maxOctets, maxConnectOctets);
    }

    /** What the client speaks; null before its CONNECT told. */
    public @Nullable MqttVersion version() {
        return version;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event != RESUME) {
            super.userEventTriggered(ctx, event);
        } else if (state == State.HELD) {
            state = State.OPEN;
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (state == State.HELD) {
            return;
        }
        if (state == State.FAILED) {
            in.skipBytes(in.readableBytes());
            hold(0);
            return;
        }
        try {
            MqttMessage packet = next(in);
            if (packet != null) {
                out.add(packet);
                hold(0);
            } else if (!hold(in.readableBytes())) {
                throw BadPacketException.tooManyUnfinished();
            }
        } catch (BadPacketException | UnsupportedVersionException bad) {
            state = State.FAILED;
            throw bad;
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        hold(0);
    }

    /** False if there are too many octets of unfinished packets. */
    private boolean hold(int octets) {
        int counted = octets > UnfinishedPackets.UNCOUNTED_OCTETS ? octets : 0;
        int change = counted - held;
        held = counted;
        return unfinished.change(change);
    }

    private @Nullable MqttMessage next(ByteBuf in) {
        if (!in.isReadable()) {
            return null;
        }
        int start = in.readerIndex();
        int first = in.getUnsignedByte(start);
        requireLegal(first);
        int length = 0;
        for (int i = 0; i < VariableByteInteger.LONGEST_OCTETS; i++) {
            if (in.readableBytes() < 2 + i) {
                return null;
            }
            int octet = in.getUnsignedByte(start + 1 + i);
            length |= VariableByteInteger.part(octet, i);
            if (!VariableByteInteger.hasMore(octet)) {
                return whole(in, first, 2 + i, length);
            }
        }
        throw BadPacketException.malformed("a remaining length of more than four octets");
    }

    /** The packet, if all of it is there. */
    private @Nullable MqttMessage whole(ByteBuf in, int first, int headerOctets, int length) {
        int allowed = state == State.OPEN ? maxOctets : maxConnectOctets;
        if (headerOctets + length > allowed) {
            throw BadPacketException.tooLarge((long) headerOctets + length, allowed);
        }
        if (in.readableBytes() < headerOctets + length) {
            return null;
        }
        in.skipBytes(headerOctets);
        BodyReader body = new BodyReader(in.readSlice(length));
        MqttFixedHeader header = new MqttFixedHeader(
                typeOf(first), (first & DUP) != 0, MqttQoS.valueOf((first >> 1) & 0b11), (first & 1) != 0, length);
        PacketReader open = reader;
        return open == null ? connect(header, body) : open.read(header, body);
    }

    private MqttConnectMessage connect(MqttFixedHeader header, BodyReader body) {
        ConnectReader connectReader = new ConnectReader();
        try {
            MqttConnectMessage connect = connectReader.read(header, body);
            reader = new PacketReader(Objects.requireNonNull(connectReader.version()));
            state = State.HELD;
            return connect;
        } finally {
            version = connectReader.version();
        }
    }

    /** Looked at as soon as it is there: who speaks something else is not waited for. */
    private void requireLegal(int first) {
        MqttMessageType type = typeOf(first);
        if (state == State.BEFORE_CONNECT && type != MqttMessageType.CONNECT) {
            throw BadPacketException.protocolError(type + " before CONNECT"); // [MQTT-3.1.0-1]
        }
        int flags = first & 0b1111;
        boolean legal = switch (type) {
            case PUBLISH -> isLegalPublish(flags);
            case PUBREL, SUBSCRIBE, UNSUBSCRIBE -> (flags & ~repetition()) == FIXED_FLAGS;
            default -> flags == 0;
        };
        if (!legal) {
            throw BadPacketException.malformed(type + " with flags " + Integer.toBinaryString(flags));
        }
    }

    /** MQTT 3.1 sets DUP on whatever it sends again, not on PUBLISH only. */
    private int repetition() {
        return version == MqttVersion.MQTT_3_1 ? DUP : 0;
    }

    private static boolean isLegalPublish(int flags) {
        int qos = (flags >> 1) & 0b11;
        boolean repeatedForNothing = qos == 0 && (flags & DUP) != 0; // [MQTT-3.3.1-2]
        return qos != 0b11 && !repeatedForNothing; // [MQTT-3.3.1-4]
    }

    private static MqttMessageType typeOf(int first) {
        int type = first >> 4;
        if (type == 0) {
            throw BadPacketException.malformed("packet type 0");
        }
        return MqttMessageType.valueOf(type);
    }
}
