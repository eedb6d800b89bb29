package io.causeway.store.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite itself, which comes as a file within the driver and has to be unpacked for that. Left to itself the driver
 * unpacks it into the temporary directory of all users, and leaves it there when the process is killed.
 */
final class NativeLibrary {
    private static final String UNPACKED_TO = "org.sqlite.tmpdir";
    private static final String INSTALLED_IN = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /**
     * @param directory a private one is made in it, and is gone afterwards
     * @throws StoreException if it cannot be unpacked there, or not be loaded
     */
    static void loadFrom(Path directory) throws StoreException {
        if (System.getProperty(UNPACKED_TO) != null || System.getProperty(INSTALLED_IN) != null) {
            load(directory);
            return;
        }
        Path unpacked;
        try {
            unpacked = Files.createTempDirectory(directory, "native-");
        } catch (IOException failure) {
            throw new StoreException(
                    directory + ": no directory can be made here to unpack SQLite into (" + failure.getMessage()
                            + "); make it writable and see that there is room, or name another directory with -D"
                            + UNPACKED_TO,
                    failure);
        }
        System.setProperty(UNPACKED_TO, unpacked.toString());
        try {
            load(unpacked);
        } finally {
            System.clearProperty(UNPACKED_TO);
            remove(unpacked);
        }
    }

    @SuppressWarnings("CheckedExceptionNotThrown")
    private static void load(Path directory) throws StoreException {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception failure) { // declared by the driver as just that
            throw new StoreException(
                    directory + ": SQLite cannot be loaded from here (" + failure.getMessage()
                            + "); see that programs may be run from there, or name another directory with -D"
                            + UNPACKED_TO,
                    failure);
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
