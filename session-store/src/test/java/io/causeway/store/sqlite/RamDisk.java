package io.causeway.store.sqlite;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assumptions.assumeThat;

/** A small file system of its own, mounted until it is closed. Needs root, on Linux: tests without it are skipped. */
final class RamDisk implements AutoCloseable {
    private final Path directory;

    private RamDisk(Path directory) {
        this.directory = directory;
    }

    static RamDisk mount(Path directory, String size) throws IOException, InterruptedException {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + size, "causeway-test", directory.toString());
        assumeThat(mounted).as("a tmpfs can be mounted, which needs root").isTrue();
        return new RamDisk(directory);
    }

    void remount(String options) throws IOException, InterruptedException {
        if (!run("mount", "-o", "remount," + options, directory.toString())) {
            throw new IOException(directory + " cannot be mounted " + options);
        }
    }

    @Override
    public void close() {
        try {
            run("umount", "--lazy", directory.toString());
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if it fails, or is not there. */
    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
