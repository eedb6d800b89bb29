package io.causeway.store.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite itself, which comes as a file within the driver and has to be unpacked for that. Left to itself the driver
 * unpacks it into the temporary directory of all users, and leaves it there when the process is killed.
 */
final class NativeLibrary {
    private static final String UNPACKED_TO = "org.sqlite.tmpdir";
    private static final String INSTALLED_IN = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /** The directory for temporary files of all users. */
    static Path temporaryDirectory() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /**
     * Unpacks it into a private directory, which is gone afterwards.
     *
     * @param directories to try for that, the best first; not asked where the user has named one to the driver
     * @throws StoreException if it can be loaded from none of them
     */
    static void load(Path... directories) throws StoreException {
        if (System.getProperty(UNPACKED_TO) != null || System.getProperty(INSTALLED_IN) != null) {
            initialize();
            return;
        }
        List<String> failures = new ArrayList<>();
        for (Path each : directories) {
            try {
                loadFrom(each);
                return;
            } catch (IOException | StoreException failure) {
                failures.add(each + ": " + failure.getMessage());
            }
        }
        throw new StoreException("SQLite can be unpacked and loaded nowhere (" + String.join("; ", failures)
                + "); see that there is room, that it can be written and that programs may be run from there,"
                + " or name another directory with -D" + UNPACKED_TO);
    }

    private static void loadFrom(Path directory) throws IOException, StoreException {
        Path unpacked = Files.createTempDirectory(directory, "native-");
        System.setProperty(UNPACKED_TO, unpacked.toString());
        try {
            initialize();
        } finally {
            System.clearProperty(UNPACKED_TO);
            remove(unpacked);
        }
    }

    private static void initialize() throws StoreException {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception failure) { // declared by the driver as just that
            throw new StoreException("SQLite cannot be loaded (" + failure.getMessage() + ")", failure);
        }
    }

    /** What is loaded needs its file no more, except on Windows: there the driver removes it when the process ends. */
    private static void remove(Path unpacked) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unpacked)) {
            for (Path each : files) {
                Files.deleteIfExists(each);
            }
            Files.deleteIfExists(unpacked);
        } catch (IOException inUse) {
            unpacked.toFile().deleteOnExit();
        }
    }
}
