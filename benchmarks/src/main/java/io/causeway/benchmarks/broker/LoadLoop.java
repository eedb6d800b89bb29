package io.causeway.benchmarks.broker;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** The one thread on which all clients of the load live, and how the thread of the benchmark has work done on it. */
final class LoadLoop implements AutoCloseable, Executor {
    /** Longer than any single step takes of a broker that is well. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration TIME_TO_LEAVE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(5);

    private final EventLoop loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();

    @Override
    public void execute(Runnable work) {
        loop.execute(work);
    }

    /** Does something on the loop, again and again until the answer is no. */
    void repeat(Duration period, BooleanSupplier work) {
        Runnable round = () -> {
            if (work.getAsBoolean()) {
                repeat(period, work);
            }
        };
        Future<?> unused = loop.schedule(round, period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Opens a connection; done at CONNACK. */
    CompletableFuture<LoadClient> connect(InetSocketAddress broker, String clientId) {
        CompletableFuture<LoadClient> connected = new CompletableFuture<>();
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new LoadClient(channel, clientId, connected));
                    }
                })
                .connect(broker)
                .addListener(opened -> {
                    if (!opened.isSuccess()) {
                        connected.completeExceptionally(opened.cause());
                    }
                });
        return connected;
    }

    /** Waits until so many clients are connected; their ids are the name and a number. */
    List<LoadClient> connect(InetSocketAddress broker, String name, int clients)
            throws LoadFailure, InterruptedException {
        return get(call(() -> new Crowd(this, broker, name, clients).connect()));
    }

    /** Waits until the broker has closed the connections of all, or until it has had time enough. */
    void disconnect(List<LoadClient> clients) throws LoadFailure, InterruptedException {
        CompletableFuture<?>[] closed =
                call(() -> clients.stream().map(LoadClient::disconnect).toArray(CompletableFuture<?>[]::new));
        await(TIME_TO_LEAVE, CompletableFuture.allOf(closed)::isDone);
        execute(() -> clients.forEach(LoadClient::close));
    }

    /** Waits for what the loop does at once. */
    <T> T call(Callable<T> work) throws LoadFailure, InterruptedException {
        return get(loop.submit(work));
    }

    /** Waits for what the loop does some time from now. */
    <T> T callAfter(Duration delay, Callable<T> work) throws LoadFailure, InterruptedException {
        return get(loop.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** @return whether the condition, which is tried on the loop, came true in time */
    boolean await(Duration atMost, BooleanSupplier condition) throws LoadFailure, InterruptedException {
        long startNanos = System.nanoTime();
        while (!callAfter(POLL, condition::getAsBoolean)) {
            if (System.nanoTime() - startNanos > atMost.toNanos()) {
                return false;
            }
        }
        return true;
    }

    <T> T get(Future<T> result) throws LoadFailure, InterruptedException {
        try {
            return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new LoadFailure(Objects.requireNonNullElse(cause.getMessage(), cause.toString()), e);
        } catch (TimeoutException e) {
            throw new LoadFailure("no answer within " + PATIENCE.toSeconds() + " s", e);
        }
    }

    @Override
    public void close() {
        loop.parent().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
