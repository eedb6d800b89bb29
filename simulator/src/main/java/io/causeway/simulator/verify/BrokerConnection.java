package io.causeway.simulator.verify;

import io.causeway.simulator.network.SocketLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection to the broker by MQTT 3.1.1, which is made again when it is lost. Owned by the thread of the run. */
final class BrokerConnection {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(1);
    static final Duration GOODBYE_TIME = Duration.ofSeconds(2);

    private final SocketLoop loop;
    private final BrokerTarget broker;
    private final String clientId;
    private final Listener listener;
    private final InetSocketAddress address;
    private final @Nullable SslContext tls;

    private final boolean isCleanSession;

    /** From dialling to the end of the connection; null in between. */
    private @Nullable Channel channel;

    private long dialledNanos;

    /** Why there is no connection; null while there is one. */
    private @Nullable String trouble = "there was no connection yet";

    private int interruptions;

    /** Hears what happens on the connection. */
    interface Listener {
        /** The broker has accepted the connection, for the first time or again. */
        void onConnected(boolean isSessionPresent);

        /** @param packet any but CONNACK and PINGRESP; borrowed for the call */
        void onPacket(MqttMessage packet);

        /** The connection is lost. */
        void onLost();
    }

    /** @throws IOException if there is no such host, or the authorities cannot be read */
    BrokerConnection(SocketLoop loop, BrokerTarget broker, String clientId, boolean isCleanSession, Listener listener)
            throws IOException {
        this.loop = loop;
        this.broker = broker;
        this.clientId = clientId;
        this.isCleanSession = isCleanSession;
        this.listener = listener;
        this.address = new InetSocketAddress(broker.host(), broker.port());
        this.tls = broker.isSecure() ? Authorities.trusting(broker.caFile()) : null;
        if (address.isUnresolved()) {
            throw new IOException("there is no such host");
        }
    }

    /**
     * Connects for the first time, and waits for the answer.
     *
     * @throws IOException if there is none, or it is no; the message says which
     */
    void open() throws IOException {
        open(PATIENCE);
    }

    /** @param patience how long the answer is waited for */
    void open(Duration patience) throws IOException {
        dial();
        loop.runUntil(this::isDecided, patience);
        if (trouble != null) {
            drop();
            throw new IOException(trouble);
        }
    }

    /** Whether packets can be sent. */
    boolean isUp() {
        return trouble == null;
    }

    /** Whether more can be sent without heaping up. */
    boolean isWritable() {
        return isUp() && channel != null && channel.isWritable();
    }

    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    int interruptions() {
        return interruptions;
    }

    /** @param packet a packet, or the octets of some; goes nowhere without a connection */
    void send(Object packet) {
        if (isUp() && channel != null) {
            write(channel, packet);
        } else {
            ReferenceCountUtil.release(packet);
        }
    }

    /** @param isReading whether what comes is read, or waits in buffers of the system and at the broker */
    void read(boolean isReading) {
        if (channel != null) {
            channel.config().setAutoRead(isReading);
        }
    }

    /** To be called every now and then: connects again if the connection is lost, or if nobody answers. */
    void maintain() {
        Duration wait = channel == null ? RECONNECT_INTERVAL : PATIENCE;
        if (!isUp() && System.nanoTime() - dialledNanos >= wait.toNanos()) {
            drop();
            dial();
        }
    }

    /** Says goodbye; a session that is not clean stays with the broker. */
    void close() {
        if (isUp()) {
            sayGoodbye();
        }
        drop();
    }

    private void sayGoodbye() {
        Channel leaving = channel;
        trouble = "the connection is closed";
        channel = null;
        if (leaving != null) {
            ChannelFuture unused =
                    leaving.writeAndFlush(MqttMessage.DISCONNECT).addListener(ChannelFutureListener.CLOSE);
            loop.runUntil(() -> !leaving.isOpen(), GOODBYE_TIME);
        }
    }

    /** Whether the broker has answered, or never will. */
    private boolean isDecided() {
        return isUp() || channel == null;
    }

    private void dial() {
        dialledNanos = System.nanoTime();
        trouble = "the broker does not answer";
        ChannelFuture dialled = new Bootstrap()
                .group(loop.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) PATIENCE.toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new BrokerChannel(broker, tls, new Packets()))
                .connect(address);
        channel = dialled.channel();
        ChannelFuture unused = dialled.addListener(result -> {
            if (!result.isSuccess()) {
                onEnd(dialled.channel(), Reasons.of(result.cause()));
            }
        });
    }

    /** Where that fails, the connection ends, and that is told. */
    private static void write(Channel channel, Object packet) {
        ChannelFuture unused = channel.writeAndFlush(packet);
    }

    /** Ends the connection without a word. */
    private void drop() {
        if (channel != null) {
            ChannelFuture unused = channel.close();
            channel = null;
        }
    }

    private void onEnd(Channel ended, String cause) {
        if (ended != channel) {
            return; // it had been given up
        }
        boolean wasUp = isUp();
        trouble = cause;
        drop();
        if (wasUp) {
            interruptions++;
            listener.onLost();
        }
    }

    private MqttConnectMessage connect() {
        MqttMessageBuilders.ConnectBuilder connect = MqttMessageBuilders.connect()
                .protocolVersion(MqttVersion.MQTT_3_1_1)
                .clientId(clientId)
                .cleanSession(isCleanSession)
                .keepAlive((int) KEEP_ALIVE.toSeconds());
        if (!broker.user().isEmpty()) {
            connect.username(broker.user()).password(broker.password().getBytes(StandardCharsets.UTF_8));
        }
        return connect.build();
    }

    /** Packets of one connection from the broker. */
    private final class Packets extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (!broker.isWebSocket()) {
                write(ctx.channel(), connect());
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            try {
                if (ctx.channel() == channel) {
                    onPacket((MqttMessage) message);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void onPacket(MqttMessage packet) {
            if (packet.decoderResult().isFailure()) {
                fail(Reasons.of(packet.decoderResult().cause()));
            } else if (packet instanceof MqttConnAckMessage connAck) {
                onConnAck(connAck);
            } else if (packet.fixedHeader().messageType() != MqttMessageType.PINGRESP) {
                listener.onPacket(packet);
            }
        }

        private void onConnAck(MqttConnAckMessage connAck) {
            MqttConnectReturnCode code = connAck.variableHeader().connectReturnCode();
            if (code == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
                trouble = null;
                listener.onConnected(connAck.variableHeader().isSessionPresent());
            } else {
                fail(Reasons.of(code));
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                write(ctx.channel(), connect());
            } else if (event instanceof IdleStateEvent idle) {
                if (idle.state() == IdleState.READER_IDLE && !idle.isFirst()) {
                    onEnd(ctx.channel(), "the broker does not answer any more");
                } else {
                    write(ctx.channel(), MqttMessage.PINGREQ);
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            onEnd(ctx.channel(), "the broker has closed the connection");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            onEnd(ctx.channel(), Reasons.of(cause));
        }

        private void fail(String cause) {
            if (channel != null) {
                onEnd(channel, cause);
            }
        }
    }
}
