package io.causeway.broker.listen;

import io.causeway.access.Authenticator;
import io.causeway.access.Credentials;
import io.causeway.access.Identity;
import io.causeway.broker.session.BrokerCount;
import io.causeway.broker.session.ConnectRefusal;
import io.causeway.broker.wire.BadPacketException;
import io.causeway.broker.wire.BridgeBit;
import io.causeway.broker.wire.PacketDecoder;
import io.causeway.broker.wire.PacketWriter;
import io.causeway.broker.wire.UnsupportedVersionException;
import io.causeway.codec.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives one connection: waits for its CONNECT, has its client authenticated, and brings it to the loop that owns the
 * client id. Meanwhile nothing is read, so nothing is lost or overtakes. Owned by the loop that has accepted the
 * connection.
 */
final class Reception extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reception.class);

    private final Entrance entrance;
    private final PacketDecoder decoder;
    private @Nullable Future<?> deadline;
    /** It has sent CONNECT, or something that nothing good can follow. */
    private boolean heard;

    Reception(Entrance entrance, PacketDecoder decoder) {
        this.entrance = entrance;
        this.decoder = decoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        entrance.strangers().add(ctx.channel()).ifPresent(oldest -> {
            count(BrokerCount.CONNECTS_REFUSED_CONNECTIONS);
            ChannelFuture unused = oldest.close();
        });
        long timeoutNanos = entrance.settings().limits().connectTimeout().toNanos();
        deadline = ctx.executor().schedule(() -> onTimeout(ctx), timeoutNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopWaiting(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopWaiting(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!heard && message instanceof MqttConnectMessage connect) {
            onConnect(ctx, connect);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        if (heard) {
            ChannelFuture unused = ctx.close();
        } else if (thrown instanceof BadPacketException bad) {
            onBadPacket(ctx, bad);
        } else if (thrown instanceof UnsupportedVersionException unsupported) {
            onUnsupportedVersion(ctx, unsupported);
        } else if (CloseCause.isPeers(thrown)) {
            say("connection closed before CONNECT", ctx, CloseCause.of(thrown));
            ChannelFuture unused = ctx.close();
        } else {
            LOGGER.error("receiving a connection failed address={}", entrance.addressOf(ctx.channel()), thrown);
            ChannelFuture unused = ctx.close();
        }
    }

    private void onTimeout(ChannelHandlerContext ctx) {
        if (heard || ctx.isRemoved()) {
            return;
        }
        count(BrokerCount.CONNECTS_TIMED_OUT);
        say("connection closed", ctx, "no CONNECT in time");
        ChannelFuture unused = ctx.close();
    }

    private void onBadPacket(ChannelHandlerContext ctx, BadPacketException bad) {
        hear(ctx);
        count(
                switch (bad.reason()) {
                    case PACKET_TOO_LARGE -> BrokerCount.LIMITS_EXCEEDED;
                    case PROTOCOL_ERROR -> BrokerCount.PROTOCOL_ERRORS;
                    default -> BrokerCount.MALFORMED;
                });
        say("connection closed before CONNECT", ctx, bad.getMessage());
        if (decoder.version() == MqttVersion.MQTT_5) {
            MqttConnectReturnCode reason =
                    MqttConnectReturnCode.valueOf(bad.reason().byteValue());
            answer(ctx, MqttVersion.MQTT_5, connAck(reason));
        } else {
            ChannelFuture unused = ctx.close(); // MQTT 3 has no code for that, and a stranger no claim to one
        }
    }

    private void onUnsupportedVersion(ChannelHandlerContext ctx, UnsupportedVersionException unsupported) {
        hear(ctx);
        count(BrokerCount.CONNECTS_REFUSED_PROTOCOL);
        say("client refused", ctx, unsupported.getMessage());
        if (unsupported.isNewer()) {
            answer(
                    ctx,
                    MqttVersion.MQTT_5,
                    connAck(MqttConnectReturnCode.CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION));
        } else {
            answer(
                    ctx,
                    MqttVersion.MQTT_3_1_1,
                    connAck(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION));
        }
    }

    private void onConnect(ChannelHandlerContext ctx, MqttConnectMessage connect) {
        hear(ctx);
        ctx.channel().config().setAutoRead(false);
        Optional<ConnectRefusal> refusal = ConnectRefusal.of(connect);
        if (refusal.isPresent()) {
            refuse(ctx, connect, refusal.get());
            return;
        }
        MqttConnectPayload payload = connect.payload();
        String clientId = payload.clientIdentifier().isEmpty()
                ? entrance.context().assignedClientIds().next()
                : payload.clientIdentifier();
        byte[] password = payload.passwordInBytes();
        Credentials credentials = new Credentials(
                clientId,
                payload.userName(),
                password == null ? null : Octets.of(password),
                CertificateName.of(ctx.channel()).orElse(null),
                hostOf(ctx.channel()));
        authenticate(ctx, connect, credentials);
    }

    /** The port is another one each time. */
    private static Object hostOf(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address ? address.getAddress() : "";
    }

    private void authenticate(ChannelHandlerContext ctx, MqttConnectMessage connect, Credentials credentials) {
        Authenticator authenticator = entrance.context().authenticator();
        if (authenticator == Authenticator.ANYBODY) {
            // There is nothing to wait for. Still not from within this read.
            ctx.executor().execute(() -> onAuthenticated(ctx, connect, credentials, ask(authenticator, credentials)));
            return;
        }
        try {
            entrance.context().authentication().execute(() -> {
                Optional<Identity> answer = ask(authenticator, credentials);
                ctx.executor().execute(() -> onAuthenticated(ctx, connect, credentials, answer));
            });
        } catch (RejectedExecutionException tooMany) {
            refuse(
                    ctx,
                    connect,
                    new ConnectRefusal(
                            MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY,
                            BrokerCount.CONNECTS_REFUSED_BUSY,
                            "too many clients are being authenticated"));
        }
    }

    /** A fault of the authenticator lets nobody in. */
    private static Optional<Identity> ask(Authenticator authenticator, Credentials credentials) {
        try {
            return authenticator.authenticate(credentials);
        } catch (RuntimeException fault) {
            LOGGER.error("cannot find out who {} is", credentials, fault);
            return Optional.empty();
        }
    }

    private void onAuthenticated(
            ChannelHandlerContext ctx, MqttConnectMessage connect, Credentials credentials, Optional<Identity> answer) {
        if (!ctx.channel().isActive()) {
            return;
        }
        if (answer.isPresent()) {
            handOver(ctx, connect, answer.get());
            return;
        }
        MqttConnectReturnCode reason = credentials.user() == null
                ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5
                : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD;
        refuse(
                ctx,
                connect,
                new ConnectRefusal(reason, BrokerCount.CONNECTS_REFUSED_AUTHENTICATION, "not authenticated"));
    }

    private void handOver(ChannelHandlerContext ctx, MqttConnectMessage connect, Identity identity) {
        Channel channel = ctx.channel();
        ShardOf owner = entrance.context().ownerOf(identity.clientId());
        if (owner.loop() == channel.eventLoop()) {
            open(ctx, owner, connect, identity);
            return;
        }
        channel.deregister()
                .addListener(left -> owner.loop().register(channel).addListener(arrived -> {
                    if (arrived.isSuccess()) {
                        owner.loop().execute(() -> open(ctx, owner, connect, identity));
                    } else {
                        ChannelFuture unused = channel.close();
                    }
                }));
    }

    /** On the owner's loop. */
    private void open(ChannelHandlerContext ctx, ShardOf owner, MqttConnectMessage connect, Identity identity) {
        Channel channel = ctx.channel();
        if (!channel.isActive()) {
            return;
        }
        try {
            MqttVersion version = MqttVersion.fromProtocolNameAndLevel(
                    connect.variableHeader().name(),
                    (byte) BridgeBit.strip(connect.variableHeader().version()));
            ClientChannel client = new ClientChannel(
                    entrance.addressOf(channel),
                    new PacketWriter(version),
                    entrance.context().counters());
            ctx.pipeline().replace(this, null, client);
            if (channel.pipeline().get(StrangersOctets.class) != null) {
                channel.pipeline().remove(StrangersOctets.class);
            }
            client.open(owner.shard(), connect, identity);
            channel.pipeline().fireUserEventTriggered(PacketDecoder.RESUME);
        } catch (RuntimeException ownFault) {
            LOGGER.error("a client could not be taken in address={}", entrance.addressOf(channel), ownFault);
            ChannelFuture unused = channel.close();
        }
    }

    private void refuse(ChannelHandlerContext ctx, MqttConnectMessage connect, ConnectRefusal refusal) {
        count(refusal.count());
        say("client refused", ctx, refusal.cause());
        MqttVersion version = connect.variableHeader().version() == MqttVersion.MQTT_5.protocolLevel()
                ? MqttVersion.MQTT_5
                : MqttVersion.MQTT_3_1_1;
        Optional<MqttConnAckMessage> connAck = refusal.answerTo(connect);
        if (connAck.isPresent()) {
            answer(ctx, version, connAck.get());
        } else {
            ChannelFuture unused = ctx.close();
        }
    }

    private static MqttConnAckMessage connAck(MqttConnectReturnCode reason) {
        return MqttMessageBuilders.connAck().returnCode(reason).build();
    }

    private static void answer(ChannelHandlerContext ctx, MqttVersion version, MqttConnAckMessage connAck) {
        ByteBuf out = ctx.alloc().ioBuffer();
        new PacketWriter(version).write(connAck, out);
        ChannelFuture unused = ctx.write(out);
        Farewell.close(ctx.channel());
    }

    private void hear(ChannelHandlerContext ctx) {
        heard = true;
        stopWaiting(ctx);
    }

    private void stopWaiting(ChannelHandlerContext ctx) {
        entrance.strangers().remove(ctx.channel());
        Future<?> waiting = deadline;
        if (waiting != null) {
            waiting.cancel(false);
            deadline = null;
        }
    }

    private void say(String what, ChannelHandlerContext ctx, @Nullable String cause) {
        String whatAndWho = what + " address=" + entrance.addressOf(ctx.channel());
        entrance.log().warn(whatAndWho, String.valueOf(cause), System.nanoTime());
    }

    private void count(BrokerCount count) {
        entrance.context().counters().add(count);
    }
}
