package io.causeway.simulator.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CPU time and memory of processes, from {@code /proc} of Linux. */
final class ProcessMeter {
    /** {@code USER_HZ}, the same on all architectures that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    /** Of {@code /proc/PID/stat}, counted from the first field after the name in parentheses. */
    private static final int USER_TICKS_FIELD = 11;

    private static final int SYSTEM_TICKS_FIELD = 12;
    private static final long OCTETS_PER_KIB = 1_024;

    private final List<Long> pids;

    ProcessMeter(List<Long> pids) {
        this.pids = List.copyOf(pids);
    }

    /** @throws IOException if a process is gone */
    Sample sample() throws IOException {
        double cpuSeconds = 0;
        long residentOctets = 0;
        for (long pid : pids) {
            Path process = Path.of("/proc", Long.toString(pid));
            if (!Files.isDirectory(process)) {
                throw new IOException("there is no process " + pid);
            }
            cpuSeconds += cpuSeconds(Files.readString(process.resolve("stat")));
            residentOctets += residentOctets(Files.readAllLines(process.resolve("status")));
        }
        return new Sample(cpuSeconds, residentOctets);
    }

    private static double cpuSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TICKS_FIELD]) + Long.parseLong(fields[SYSTEM_TICKS_FIELD]);
        return ticks / TICKS_PER_SECOND;
    }

    private static long residentOctets(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * OCTETS_PER_KIB)
                .sum();
    }

    /**
     * The sum over all processes.
     *
     * @param cpuSeconds user and system time since they began
     */
    record Sample(double cpuSeconds, long residentOctets) {
        static final Sample NOTHING = new Sample(0, 0);
    }
}
