package io.causeway.simulator.verify;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lays what the scheme of a broker asks for between its socket and MQTT packets. */
final class BrokerChannel extends ChannelInitializer<Channel> {
    private static final int MAX_PACKET_OCTETS = 1 << 20;
    private static final int MAX_HANDSHAKE_OCTETS = 1 << 16;
    private static final String SUBPROTOCOL = "mqtt"; // MQTT 3.1.1 §6

    private final BrokerTarget broker;
    private final @Nullable SslContext tls;
    private final ChannelHandler handler;

    /**
     * @param tls     null if the connection is not encrypted
     * @param handler of packets; is told when nothing was read or written for half of the keep-alive
     */
    BrokerChannel(BrokerTarget broker, @Nullable SslContext tls, ChannelHandler handler) {
        this.broker = broker;
        this.tls = tls;
        this.handler = handler;
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            pipeline.addLast(tls.newHandler(channel.alloc(), broker.host(), broker.port()));
        }
        if (broker.isWebSocket()) {
            WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                    .webSocketUri(broker.uri())
                    .subprotocol(SUBPROTOCOL)
                    .maxFramePayloadLength(MAX_PACKET_OCTETS)
                    .build();
            pipeline.addLast(
                    new HttpClientCodec(),
                    new HttpObjectAggregator(MAX_HANDSHAKE_OCTETS),
                    new WebSocketClientProtocolHandler(config),
                    new WebSocketFrameAggregator(MAX_PACKET_OCTETS),
                    new WebSocketOctets());
        }
        long idleSeconds = BrokerConnection.KEEP_ALIVE.toSeconds() / 2;
        pipeline.addLast(
                new MqttDecoder(MAX_PACKET_OCTETS),
                MqttEncoder.INSTANCE,
                new IdleStateHandler(idleSeconds, idleSeconds, 0, TimeUnit.SECONDS),
                handler);
    }
}
