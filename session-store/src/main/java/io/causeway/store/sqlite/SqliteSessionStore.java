package io.causeway.store.sqlite;

import io.causeway.store.SessionStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongSupplier;

/** Opens the store of a data directory. */
public final class SqliteSessionStore {
    private SqliteSessionStore() {}

    /**
     * @param directory made if it is not there
     * @param nanoTime  the scale of the times in what is kept
     * @param clock     what those times mean beyond this process
     * @throws StoreException if the directory or the file in it cannot be used
     */
    public static SessionStore open(Path directory, StoreSettings settings, LongSupplier nanoTime, Clock clock)
            throws StoreException {
        if (!settings.commitInterval().isNegative()) {
            throw new StoreException(directory + ": not there yet", new UnsupportedOperationException());
        }
        return SessionStore.NONE;
    }
}
