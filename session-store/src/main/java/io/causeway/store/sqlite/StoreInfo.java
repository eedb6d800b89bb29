package io.causeway.store.sqlite;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is in a store.
 *
 * @param databaseOctets size of the file
 * @param freeOctets     of them unused: what compacting gives back
 * @param logOctets      size of the write-ahead log
 * @param journals       what waits for brokers elsewhere, by link
 */
public record StoreInfo(
        Path file,
        int schemaVersion,
        long databaseOctets,
        long freeOctets,
        long logOctets,
        List<Content> tables,
        List<Journal> journals) {
    public StoreInfo {
        tables = List.copyOf(tables);
        journals = List.copyOf(journals);
    }

    /** @param octets of the file that the table takes, with its indexes */
    public record Content(String table, long rows, long octets) {}

    /**
     * What waits for one broker.
     *
     * @param octets that the messages weigh
     */
    public record Journal(String link, long messages, long octets, long oldestEpochMillis) {
        /** When the oldest was taken. */
        public Optional<Instant> oldest() {
            return messages == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldestEpochMillis));
        }
    }
}
