package io.causeway.radio.port;

import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The serial ports of this machine. Free to use from any thread; what it does may block. */
public final class SerialPorts {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    private final PortAccess access = new PortAccess(Path.of("/proc"), System.getProperty("user.name", ""));
    private final PortSource ports = new SystemPorts(access);

    private SerialPorts() {}

    /**
     * Gets what is needed to use them, which has to be unpacked and loaded once in a process.
     *
     * @param directories to try for that, the best first: they have to be writable, and programs may be run from there
     * @throws IOException if that cannot be done; the message is meant for the operator
     */
    public static SerialPorts load(List<Path> directories) throws IOException {
        NativeLibrary.load(directories);
        return new SerialPorts();
    }

    /** Those that are there, by path. */
    public List<SerialPortInfo> list() {
        return ports.list();
    }

    /**
     * The port that is meant, whether it is listed or not.
     *
     * @throws IOException if it is not there; the message is meant for the operator
     */
    public SerialPortInfo find(PortSelector selector) throws IOException {
        try {
            Path device = new PortFinder(selector, ports).find();
            return list().stream()
                    .filter(port -> port.path().equals(device))
                    .findFirst()
                    .orElseGet(() -> new SerialPortInfo(device, "", Optional.empty(), List.of()));
        } catch (PortException e) {
            throw new IOException(e.sentence());
        }
    }

    /** Why this user cannot open a device now, in a sentence with what would help; nothing if it can, as far as is known. */
    public Optional<String> obstacle(Path device) {
        return access.obstacle(device);
    }

    /**
     * A line that is not opened yet, and needs no port to be there.
     *
     * @param loop where its listener is told; closed by whoever made it, after the line
     */
    public SerialLine line(LineSettings settings, EventExecutor loop) {
        return line(settings, Duration.ZERO, loop);
    }

    /** Likewise, leaving a gap between two writes, for a device that needs that time. */
    public SerialLine line(LineSettings settings, Duration gap, EventExecutor loop) {
        return new KeptLine(ports, settings, new LineTiming(gap, PATIENCE, FIRST_RETRY, LAST_RETRY), loop);
    }
}
