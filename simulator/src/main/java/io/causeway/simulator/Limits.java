package io.causeway.simulator;

import com.sun.management.UnixOperatingSystemMXBean;
import io.causeway.simulator.network.UdpSockets;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many sensors this machine lets a process have.
 *
 * @param descriptors open files and sockets of a process; Java has raised it as far as it may
 * @param ports       UDP ports that the system gives out by itself
 * @param heapOctets  to which the memory of this process may grow
 */
record Limits(long descriptors, long ports, long heapOctets) {
    /** Jars, the broker, the console, a report, and addresses that were given up. */
    private static final int OTHER_DESCRIPTORS = 100 + UdpSockets.MOST_KEPT;

    private static final long OTHER_HEAP_OCTETS = 64L << 20;
    private static final long HEAP_OCTETS_PER_SENSOR = 16L << 10;
    private static final int MEBIBYTE_BITS = 20;
    private static final int MOST_PORTS = 64_512;
    private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    static Limits ofThisMachine() {
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        return new Limits(
                descriptors, portsOfThisMachine(), Runtime.getRuntime().maxMemory());
    }

    private static long portsOfThisMachine() {
        // the kernel gives these lines out in one piece only, which Files.readString does not ask for
        try {
            String[] range = Files.readAllLines(PORT_RANGE).get(0).split("\\s+", -1);
            return Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1;
        } catch (IOException e) {
            return MOST_PORTS; // no Linux: the run itself will tell
        }
    }

    /** What is too little for so many sensors, each with what raises it; empty if all is enough. */
    List<String> shortages(int sensors) {
        List<String> shortages = new ArrayList<>();
        long neededDescriptors = (long) sensors + OTHER_DESCRIPTORS;
        if (descriptors < neededDescriptors) {
            shortages.add(
                    "%,d sensors need %,d file descriptors, and a process may have %,d; in this shell: sudo prlimit --pid $$ --nofile=%d"
                            .formatted(sensors, neededDescriptors, descriptors, neededDescriptors));
        }
        if (sensors > MOST_PORTS) {
            shortages.add(
                    "%,d sensors need as many UDP ports, and a machine has %,d to give: spread them over several machines, with --scale and --run"
                            .formatted(sensors, MOST_PORTS));
        } else if (ports < sensors) {
            shortages.add(
                    "%,d sensors need as many UDP ports, and the system gives out %,d; raise it: sudo sysctl net.ipv4.ip_local_port_range=\"1024 65535\""
                            .formatted(sensors, ports));
        }
        long neededHeap = OTHER_HEAP_OCTETS + sensors * HEAP_OCTETS_PER_SENSOR;
        if (heapOctets < neededHeap) {
            shortages.add(
                    "%,d sensors need about %,d MiB of heap, and Java may take %,d MiB; start with: CAUSEWAY_JAVA_OPTS=-Xmx%dm ./causeway"
                            .formatted(
                                    sensors,
                                    neededHeap >> MEBIBYTE_BITS,
                                    heapOctets >> MEBIBYTE_BITS,
                                    neededHeap >> MEBIBYTE_BITS));
        }
        return shortages;
    }
}
