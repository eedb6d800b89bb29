package io.causeway.radio.port;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line over the ports of a {@link PortSource}. One thread opens and reads, and tells the listener on its event loop;
 * another one writes. Of what was read only so much waits for the event loop as there are buffers: then it waits in the
 * system, and at last at the other end.
 */
final class KeptLine implements SerialLine {
    private static final Logger log = LoggerFactory.getLogger(KeptLine.class);

    private static final int BUFFERS = 4;
    private static final int BUFFER_OCTETS = 4_096;
    private static final long WATCH_MILLIS = 100;

    private final PortSource ports;
    private final LineSettings settings;
    private final EventExecutor loop;
    private final PortFinder finder;
    private final Backoff backoff;
    private final LineWriter writer;
    private final BlockingQueue<byte[]> buffers = new ArrayBlockingQueue<>(BUFFERS);
    private volatile List<Thread> threads = List.of();
    private volatile String name;
    private volatile int bitsPerSecond;
    private volatile @Nullable OpenPort port;
    private volatile boolean isReopening;
    private volatile boolean isClosed;

    /** Of the keeper's thread: what was told last, empty while the line is up. */
    private String toldCause = "";

    /** Of the keeper's thread: how the port was lost the last time, empty at first. */
    private String lostCause = "";

    /**
     * @param loop where the listener is told; closed by whoever made it, after this
     */
    KeptLine(PortSource ports, LineSettings settings, LineTiming timing, EventExecutor loop) {
        this.ports = ports;
        this.settings = settings;
        this.loop = loop;
        this.finder = new PortFinder(settings.port(), ports);
        this.backoff = new Backoff(timing.shortestRetry(), timing.longestRetry(), new Random());
        this.writer = new LineWriter(timing);
        this.name = settings.port().toString();
        this.bitsPerSecond = settings.bitsPerSecond();
        for (int i = 0; i < BUFFERS; i++) {
            buffers.add(new byte[BUFFER_OCTETS]);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(SerialLineListener listener) {
        threads = List.of(thread(() -> keepOpen(listener), "reads"), thread(writer::run, "writes"));
        threads.forEach(Thread::start);
    }

    private Thread thread(Runnable task, String does) {
        Thread thread = new Thread(task, settings.port() + " " + does);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public boolean write(ByteBuf octets) {
        try {
            return writer.offer(ByteBufUtil.getBytes(octets));
        } finally {
            octets.release();
        }
    }

    @Override
    public void useRate(int newBitsPerSecond) {
        bitsPerSecond = newBitsPerSecond;
        isReopening = true;
        closePort();
    }

    private void keepOpen(SerialLineListener listener) {
        try {
            while (!isClosed) {
                isReopening = false;
                String cause = openAndRead(listener);
                if (isReopening) {
                    continue;
                }
                tellDown(cause, listener);
                TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
            }
        } catch (InterruptedException | RejectedExecutionException closed) {
            Thread.currentThread().interrupt();
        } finally {
            closePort();
        }
    }

    /** @return why the line is down, or is still */
    private String openAndRead(SerialLineListener listener) throws InterruptedException {
        int rate = bitsPerSecond;
        try (OpenPort opened = open(rate)) {
            port = opened;
            writer.open(opened, rate);
            toldCause = "";
            loop.execute(listener::onUp);
            lostCause = readUntilLost(opened, listener);
            return lostCause;
        } catch (PortException e) {
            boolean isNews = toldCause.isEmpty() || !toldCause.equals(lostCause) || !e.isAbsence();
            return isNews ? e.sentence() : lostCause; // that what was pulled is not there
        } catch (RejectedExecutionException loopIsGone) {
            throw loopIsGone;
        } catch (RuntimeException e) {
            log.error("{}: keeping it open failed", name, e);
            return name + " cannot be kept open: " + e;
        } finally {
            writer.close();
            port = null;
        }
    }

    private OpenPort open(int rate) throws PortException {
        Path device = finder.find();
        OpenPort opened = ports.open(device, rate, settings.flowControl());
        finder.opened(device);
        name = finder.nameOf(device);
        String configured = settings.port().toString();
        log.info("{}: open at {} bit/s{}", configured, rate, name.equals(configured) ? "" : " as " + name);
        return opened;
    }

    private String readUntilLost(OpenPort opened, SerialLineListener listener) throws InterruptedException {
        while (!isClosed) {
            if (writer.isStuck(System.nanoTime())) {
                return name + " takes nothing any more: its other end holds CTS back, or it has failed";
            }
            byte[] buffer = buffers.poll(WATCH_MILLIS, TimeUnit.MILLISECONDS);
            if (buffer == null) {
                continue;
            }
            int octets = opened.read(buffer);
            if (octets <= 0) {
                buffers.add(buffer);
            } else {
                loop.execute(() -> deliver(buffer, octets, listener));
            }
            if (octets < 0) {
                return name + " was pulled, or has failed; it is opened again as soon as it is there";
            }
            backoff.reset();
        }
        return "closed";
    }

    private void deliver(byte[] buffer, int octets, SerialLineListener listener) {
        try {
            if (!isClosed) {
                listener.onOctets(Unpooled.wrappedBuffer(buffer, 0, octets));
            }
        } finally {
            buffers.add(buffer);
        }
    }

    private void tellDown(String cause, SerialLineListener listener) {
        if (isClosed || cause.equals(toldCause)) {
            return;
        }
        toldCause = cause;
        log.warn("{}", cause);
        loop.execute(() -> listener.onDown(cause));
    }

    private void closePort() {
        OpenPort opened = port;
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        closePort();
        threads.forEach(KeptLine::end);
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
