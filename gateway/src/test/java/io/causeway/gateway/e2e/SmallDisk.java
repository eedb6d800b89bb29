package io.causeway.gateway.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A disk in memory that can be filled to the last octet. Only root can mount one: a test for others is skipped. */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "size=24m";
    private static final int[] PIECES = {1 << 20, 4_096, 512};

    private final Path place;
    private final Path ballast;

    private SmallDisk(Path place) {
        this.place = place;
        this.ballast = place.resolve("ballast");
    }

    static SmallDisk mount(Path place) throws IOException {
        Files.createDirectory(place);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", place.toString());
        assumeTrue(mounted, "SKIPPED: a full disk is tried on a tmpfs, which only root can mount");
        return new SmallDisk(place);
    }

    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            for (int octets : PIECES) {
                fillBy(out, new byte[octets]);
            }
        }
    }

    private static void fillBy(OutputStream out, byte[] piece) {
        try {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            // As it is to be.
        }
    }

    void clear() throws IOException {
        Files.delete(ballast);
    }

    @Override
    public void close() throws IOException {
        if (!run("umount", "-l", place.toString())) {
            throw new IOException(place + " is still mounted");
        }
    }

    private static boolean run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.onExit().join().exitValue() == 0;
    }
}
