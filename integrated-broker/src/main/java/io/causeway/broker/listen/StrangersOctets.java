package io.causeway.broker.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Bounds what somebody can send before it is let in, where frames are put together that may be larger than a CONNECT.
 * Leaves the pipeline when the client is let in. Owned by the loop of its channel.
 */
final class StrangersOctets extends ChannelInboundHandlerAdapter {
    private int left;

    /** @param bound of all octets together */
    StrangersOctets(int bound) {
        left = bound;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf octets = (ByteBuf) message;
        left -= octets.readableBytes();
        if (left >= 0) {
            ctx.fireChannelRead(octets);
            return;
        }
        octets.release();
        ChannelFuture unused = ctx.close();
    }
}
