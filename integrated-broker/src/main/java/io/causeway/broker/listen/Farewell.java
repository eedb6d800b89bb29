package io.causeway.broker.listen;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection in such a way that the peer gets what it was told last. Closing at once while the peer still
 * sends makes TCP reset the connection, and with it what is on the way is lost: so our end is closed first, and what
 * still comes is read and dropped until the peer has closed too, or is given up.
 */
final class Farewell {
    private static final long PATIENCE_SECONDS = 2;

    private Farewell() {}

    /** On the channel's loop, whose handlers drop what they read from now on. */
    static void close(Channel channel) {
        Future<?> givenUp = channel.eventLoop().schedule(() -> giveUp(channel), PATIENCE_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> givenUp.cancel(false));
        channel.config().setAutoRead(true);
        Object lastWord = channel.pipeline().get(WebSocketOctets.class) == null
                ? Unpooled.EMPTY_BUFFER
                : new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE);
        ChannelFuture unused =
                channel.writeAndFlush(lastWord).addListener((ChannelFutureListener) written -> closeTls(channel));
    }

    private static void giveUp(Channel channel) {
        ChannelFuture unused = channel.close();
    }

    private static void closeTls(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            closeOutput(channel);
        } else {
            tls.closeOutbound().addListener((ChannelFutureListener) closed -> closeOutput(channel));
        }
    }

    private static void closeOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex) {
            ChannelFuture unused = duplex.shutdownOutput();
        } else {
            ChannelFuture unused = channel.close();
        }
    }
}
