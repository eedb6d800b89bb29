package io.causeway.radio.port;

import io.causeway.radio.port.LineSettings.FlowControl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Ports that exist in a test only. What is opened is in {@link #opened}, to play its other end. */
final class MadeUpPorts implements PortSource {
    final List<MadeUpPort> opened = new CopyOnWriteArrayList<>();
    private final List<SerialPortInfo> there = new CopyOnWriteArrayList<>();
    private volatile Optional<String> obstacle = Optional.empty();
    private volatile Runnable opening = () -> {};

    void plug(String path, UsbDevice device) {
        there.add(new SerialPortInfo(Path.of(path), "", Optional.of(device), List.of()));
    }

    void pull(String path) {
        there.removeIf(port -> port.path().equals(Path.of(path)));
        opened.forEach(MadeUpPort::hangUp);
    }

    /** @param sentence why no port can be opened; empty for no such obstacle */
    void refuse(String sentence) {
        obstacle = Optional.of(sentence).filter(text -> !text.isEmpty());
    }

    /** @param action done during each opening from now on */
    void whileOpening(Runnable action) {
        opening = action;
    }

    MadeUpPort last() {
        return opened.get(opened.size() - 1);
    }

    @Override
    public List<SerialPortInfo> list() {
        List<SerialPortInfo> sorted = new ArrayList<>(there);
        sorted.sort(Comparator.comparing(SerialPortInfo::path));
        return sorted;
    }

    @Override
    public OpenPort open(Path device, int bitsPerSecond, FlowControl flowControl) throws PortException {
        Optional<String> sentence = obstacle;
        if (sentence.isPresent()) {
            throw PortException.refused(sentence.get());
        }
        opening.run();
        MadeUpPort port = new MadeUpPort(device, bitsPerSecond);
        opened.add(port);
        return port;
    }

    static final class MadeUpPort implements OpenPort {
        private static final byte[] HUNG_UP = {};

        final Path device;
        final int bitsPerSecond;
        final BlockingQueue<byte[]> written = new LinkedBlockingQueue<>();
        private final BlockingQueue<byte[]> arriving = new LinkedBlockingQueue<>();
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean isStalled;
        private volatile Runnable writing = () -> {};

        MadeUpPort(Path device, int bitsPerSecond) {
            this.device = device;
            this.bitsPerSecond = bitsPerSecond;
        }

        void arrive(byte[] octets) {
            arriving.add(octets);
        }

        void hangUp() {
            arriving.add(HUNG_UP);
        }

        /** From now on takes nothing, as a device does that holds CTS back. */
        void stall() {
            isStalled = true;
        }

        /** @param action done in place of each write from now on, before it is taken */
        void whileWriting(Runnable action) {
            writing = action;
        }

        boolean isClosed() {
            return closed.getCount() == 0;
        }

        int waitingToBeRead() {
            return arriving.size();
        }

        @Override
        public int read(byte[] into) {
            try {
                byte[] octets = arriving.poll(10, TimeUnit.MILLISECONDS);
                if (octets == HUNG_UP || isClosed()) {
                    return -1;
                }
                if (octets == null) {
                    return 0;
                }
                System.arraycopy(octets, 0, into, 0, octets.length);
                return octets.length;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }

        @Override
        public boolean write(byte[] octets) {
            if (isStalled) {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return false;
            }
            writing.run();
            written.add(octets);
            return !isClosed();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
