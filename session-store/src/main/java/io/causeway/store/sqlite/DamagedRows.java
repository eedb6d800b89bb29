package io.causeway.store.sqlite;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows that were left out because they cannot be decoded: each is told once. Safe for many threads. */
final class DamagedRows {
    private static final Logger LOG = LoggerFactory.getLogger(DamagedRows.class);
    /** By then the file is past help by log lines. */
    private static final int MOST = 10_000;

    private final Path file;
    private final Set<String> rows = ConcurrentHashMap.newKeySet();

    DamagedRows(Path file) {
        this.file = file;
    }

    void add(DamagedRowException damage) {
        if (rows.size() < MOST && rows.add(damage.row())) {
            LOG.error("{}: {}. That row is left out, and left in the file", file, damage.getMessage());
        }
    }

    /** No more than 10,000. */
    int count() {
        return rows.size();
    }
}
