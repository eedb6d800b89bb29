package io.causeway.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A data directory that this process has for itself, until it is closed or the process ends, however that happens. */
final class DataDirectory implements AutoCloseable {
    private static final String DATABASE = "causeway.db";
    private static final String LOCK = "causeway.lock";

    /**
     * What this process has locked. The operating system's lock belongs to the process too, so that it neither keeps two
     * stores of one process apart nor survives that the second of them closes the lock file.
     */
    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path identity;
    private final FileChannel channel;

    private DataDirectory(Path directory, Path identity, FileChannel channel) {
        this.directory = directory;
        this.identity = identity;
        this.channel = channel;
    }

    /**
     * Makes the directory if it is not there, for this user alone.
     *
     * @throws StoreException if it cannot be made or written, or another store is open in it
     */
    static DataDirectory open(Path directory) throws StoreException {
        Path identity;
        try {
            Files.createDirectories(directory, privately(directory, "rwx------"));
            identity = directory.toRealPath();
        } catch (IOException failure) {
            throw new StoreException(
                    directory + ": the directory cannot be made (" + reason(failure)
                            + "); make it yourself, or check data-dir",
                    failure);
        }
        if (!LOCKED_HERE.add(identity)) {
            throw inUse(
                    directory, "this process, pid " + ProcessHandle.current().pid());
        }
        try {
            return new DataDirectory(directory, identity, lock(directory));
        } catch (StoreException failure) {
            LOCKED_HERE.remove(identity);
            throw failure;
        }
    }

    static Path databaseIn(Path directory) {
        return directory.resolve(DATABASE);
    }

    /** The database, an empty file if it was not there. */
    Path database() throws StoreException {
        Path file = databaseIn(directory);
        try {
            Files.createFile(file, privately(directory, "rw-------"));
        } catch (FileAlreadyExistsException present) {
            return file;
        } catch (IOException failure) {
            throw new StoreException(file + ": cannot be made (" + reason(failure) + ")", failure);
        }
        return file;
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return; // who has the directory now is somebody else
        }
        LOCKED_HERE.remove(identity);
        closeQuietly(channel);
    }

    private static FileChannel lock(Path directory) throws StoreException {
        Path file = directory.resolve(LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    privately(directory, "rw-------"));
        } catch (IOException failure) {
            throw new StoreException(
                    directory + ": cannot be written (" + reason(failure)
                            + "); check its owner and permissions, and that its file system is not read-only",
                    failure);
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(directory, "pid " + readPid(channel));
            }
            writePid(channel);
            return channel;
        } catch (IOException failure) {
            closeQuietly(channel);
            throw new StoreException(
                    file + ": cannot be locked (" + reason(failure)
                            + "); a data-dir must be on a local disk that has room",
                    failure);
        } catch (StoreException inUse) {
            closeQuietly(channel);
            throw inUse;
        }
    }

    private static StoreException inUse(Path directory, String holder) {
        return new StoreException(directory + ": another gateway uses it (" + holder
                + "); end that one, or give this one a data-dir of its own");
    }

    private static String readPid(FileChannel channel) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(20);
        channel.read(octets, 0);
        return new String(octets.array(), 0, octets.position(), StandardCharsets.US_ASCII).trim();
    }

    private static void writePid(FileChannel channel) throws IOException {
        String pid = ProcessHandle.current().pid() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static FileAttribute<?>[] privately(Path directory, String permissions) {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException unimportant) {
            // Nothing was to be written any more.
        }
    }

    /** The messages of file system exceptions are no more than the path: their names say the rest. */
    private static String reason(IOException failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
