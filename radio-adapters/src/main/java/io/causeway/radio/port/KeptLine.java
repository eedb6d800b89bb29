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
    private static final long CLOSE_MILLIS = 2_000;

    /** A port that has been open for so long works, though nothing may have come. */
    private static final long STEADY_NANOS = TimeUnit.MINUTES.toNanos(1);

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
    private volatile boolean isClosed;

    /** Of the keeper's thread: what was told last, empty while the line is up. */
    private String toldCause = "";

    /** Of the keeper's thread: how the port was lost the last time, empty at first. */
    private String lostCause = "";

    /** Of the keeper's thread: the trouble that the log has had last, empty once the port worked. */
    private String loggedCause = "";

    /** Of the keeper's thread: what the last opening in the log was of, empty when the next one is news anyway. */
    private String loggedName = "";

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
        threads = List.of(thread(() -> keepOpen(listener), listener, "reads"), thread(writer::run, listener, "writes"));
        threads.forEach(Thread::start);
    }

    private Thread thread(Runnable task, SerialLineListener listener, String does) {
        Thread thread = new Thread(() -> guarded(task, listener), settings.port() + " " + does);
        thread.setDaemon(true);
        return thread;
    }

    /** No line without one of its threads: where one ends by what is no exception, both do. */
    private void guarded(Runnable task, SerialLineListener listener) {
        try {
            task.run();
        } catch (Error e) {
            isClosed = true;
            closePort();
            log.error("{}: given up", name, e);
            loop.execute(() -> listener.onDown(name + " is given up until the next start: " + e));
        }
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
        if (bitsPerSecond == newBitsPerSecond) {
            return;
        }
        bitsPerSecond = newBitsPerSecond;
        closePort();
    }

    private void keepOpen(SerialLineListener listener) {
        try {
            while (!isClosed) {
                int rate = bitsPerSecond;
                String cause = openAndRead(rate, listener);
                if (rate != bitsPerSecond) {
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
    private String openAndRead(int rate, SerialLineListener listener) throws InterruptedException {
        try (OpenPort opened = open(rate)) {
            port = opened;
            if (rate != bitsPerSecond) {
                return "opened too late for another rate";
            }
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
            port = null;
            int lost = writer.close();
            if (lost > 0 && !isClosed) {
                loop.execute(() -> listener.onLost(lost));
            }
        }
    }

    private OpenPort open(int rate) throws PortException {
        Path device = finder.find();
        OpenPort opened = ports.open(device, rate, settings.flowControl());
        finder.opened(device);
        name = finder.nameOf(device);
        String configured = settings.port().toString();
        if (!name.equals(loggedName)) {
            loggedName = name;
            log.info("{}: open at {} bit/s{}", configured, rate, name.equals(configured) ? "" : " as " + name);
        }
        return opened;
    }

    private String readUntilLost(OpenPort opened, SerialLineListener listener) throws InterruptedException {
        long steadyFromNanos = System.nanoTime() + STEADY_NANOS;
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
            if (octets > 0 || System.nanoTime() - steadyFromNanos >= 0) {
                backoff.reset();
                loggedCause = "";
            }
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
        if (!cause.equals(loggedCause)) {
            loggedCause = cause;
            loggedName = "";
            log.warn("{}", cause);
        }
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
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
