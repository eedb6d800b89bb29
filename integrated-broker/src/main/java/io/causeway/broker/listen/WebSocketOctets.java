package io.causeway.broker.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Takes MQTT out of binary frames and puts it into them (MQTT 5 §6). Where frames begin and end means nothing to MQTT.
 */
@Sharable
final class WebSocketOctets extends ChannelDuplexHandler {
    static final WebSocketOctets INSTANCE = new WebSocketOctets();

    private WebSocketOctets() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof BinaryWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
            ctx.fireChannelRead(((WebSocketFrame) message).content());
            return;
        }
        ReferenceCountUtil.release(message);
        throw new CorruptedWebSocketFrameException( // [MQTT-6.0.0-1]
                WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "a frame that is not binary");
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ChannelFuture unused =
                ctx.write(message instanceof ByteBuf octets ? new BinaryWebSocketFrame(octets) : message, promise);
    }
}
