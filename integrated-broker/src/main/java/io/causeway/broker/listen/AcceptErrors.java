package io.causeway.broker.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Goes on accepting when that fails for a while, as it does when the process has no file descriptor left. The waiting
 * connections would make it fail again at once, so it is tried a moment later.
 */
final class AcceptErrors extends ChannelInboundHandlerAdapter {
    private static final long PAUSE_MILLIS = 500;

    private final String endpoint;
    private final OccasionalLog log;

    AcceptErrors(String endpoint, OccasionalLog log) {
        this.endpoint = endpoint;
        this.log = log;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        log.warn("cannot accept connections for now endpoint=" + endpoint, CloseCause.of(thrown), System.nanoTime());
        if (!ctx.channel().config().isAutoRead()) {
            return; // a pause is on already
        }
        ctx.channel().config().setAutoRead(false);
        var unused = ctx.executor()
                .schedule(() -> ctx.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
