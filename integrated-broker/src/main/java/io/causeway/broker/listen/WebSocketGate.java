package io.causeway.broker.listen;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lets requests for MQTT over WebSocket pass (MQTT 5 §6), and answers all others. Leaves the pipeline with the request
 * that has passed.
 */
final class WebSocketGate extends ChannelInboundHandlerAdapter {
    /** The name of MQTT, and the one that clients of MQTT 3.1 ask for. */
    private static final String SUBPROTOCOLS = "mqtt,mqttv3.1";

    private static final int MAX_LINE_OCTETS = 2_048;
    private static final int MAX_HEADER_OCTETS = 8_192;
    /** A request to upgrade has no body. */
    private static final int MAX_BODY_OCTETS = 1_024;

    private final String path;

    private WebSocketGate(String path) {
        this.path = path;
    }

    /** Puts all that turns a stream of octets into one within WebSocket frames at the end of the pipeline. */
    static void addTo(ChannelPipeline pipeline, ListenerSettings settings) {
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE_OCTETS).setMaxHeaderSize(MAX_HEADER_OCTETS);
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(settings.webSocketPath())
                .checkStartsWith(true) // a query may follow; the path itself was compared before
                .subprotocols(SUBPROTOCOLS)
                .allowExtensions(false)
                .maxFramePayloadLength(settings.limits().maxPacketOctets())
                .handshakeTimeoutMillis(settings.limits().connectTimeout().toMillis())
                .sendCloseFrame(null)
                .build();
        pipeline.addLast(new HttpServerCodec(limits));
        pipeline.addLast(new HttpObjectAggregator(MAX_BODY_OCTETS));
        pipeline.addLast(new WebSocketGate(settings.webSocketPath()));
        pipeline.addLast(new WebSocketServerProtocolHandler(config));
        pipeline.addLast(WebSocketOctets.INSTANCE);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof FullHttpRequest request)) {
            ctx.fireChannelRead(message);
            return;
        }
        HttpResponseStatus objection = objectionTo(request);
        if (objection.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            ctx.fireChannelRead(request);
            ctx.pipeline().remove(this);
            return;
        }
        request.release();
        answer(ctx, objection);
    }

    private HttpResponseStatus objectionTo(FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return HttpResponseStatus.BAD_REQUEST;
        }
        if (!new QueryStringDecoder(request.uri()).rawPath().equals(path)) {
            return HttpResponseStatus.NOT_FOUND;
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return HttpResponseStatus.METHOD_NOT_ALLOWED;
        }
        if (!request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            return HttpResponseStatus.UPGRADE_REQUIRED;
        }
        boolean mqtt = Arrays.stream(SUBPROTOCOLS.split(",", -1))
                .anyMatch(each -> request.headers().containsValue(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, each, true));
        return mqtt ? HttpResponseStatus.SWITCHING_PROTOCOLS : HttpResponseStatus.BAD_REQUEST; // [MQTT-6.0.0-3]
    }

    private void answer(ChannelHandlerContext ctx, HttpResponseStatus status) {
        String text = "MQTT over WebSocket is at " + path + ", subprotocol mqtt\n";
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        response.content().writeCharSequence(text, StandardCharsets.US_ASCII);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN)
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        }
        ChannelFuture unused = ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
