package io.causeway.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was opened. One that is deleted or replaced takes what is written as before, but nobody finds it again. To
 * be closed when nothing else of this process has the file open: that gives up all its locks on it. Safe for many threads.
 */
final class OpenedFile implements AutoCloseable {
    private final Path path;
    /** Tells it from others that come to be at its path; null where the file system has no such thing. */
    private final @Nullable Object key;
    /** While it is open the system gives its key to no other file. */
    private final FileChannel channel;

    private OpenedFile(Path path, @Nullable Object key, FileChannel channel) {
        this.path = path;
        this.key = key;
        this.channel = channel;
    }

    /** @throws StoreException if it is not there */
    static OpenedFile at(Path path) throws StoreException {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new OpenedFile(path, keyOf(path), channel);
        } catch (IOException failure) {
            throw new StoreException(path + ": cannot be opened: " + failure, failure);
        }
    }

    Path path() {
        return path;
    }

    /** @throws SQLException if it is not there any more, so that what is written would be gone with this process */
    void requireInPlace() throws SQLException {
        Object present;
        try {
            present = keyOf(path);
        } catch (IOException gone) {
            throw new SQLException(
                    "was deleted or moved away; put it back, or start the gateway anew without it", gone);
        }
        if (!Objects.equals(key, present)) {
            throw new SQLException(
                    "was replaced by another file; put it back, or start the gateway anew with that one");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
