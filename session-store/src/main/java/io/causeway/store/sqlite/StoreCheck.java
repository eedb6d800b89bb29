package io.causeway.store.sqlite;

import java.nio.file.Path;
import java.util.List;

/**
 * What a check has found.
 *
 * @param rows    that could be read
 * @param orphans rows of sessions that are no more; harmless, they go at the next start
 * @param damages in words; none if all is well
 */
public record StoreCheck(Path file, long rows, long orphans, List<String> damages) {
    public StoreCheck {
        damages = List.copyOf(damages);
    }

    public boolean isSound() {
        return damages.isEmpty();
    }
}
