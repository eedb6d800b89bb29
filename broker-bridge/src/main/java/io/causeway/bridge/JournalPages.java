package io.causeway.bridge;

import io.causeway.store.SessionStore;
import io.causeway.store.StoreUnreadableException;
import io.causeway.store.StoredForward;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a journal as far as they are at hand: those of the last page that was read, and the latest, which need
 * not be read back. Owned by the worker.
 */
final class JournalPages {
    private static final int PAGE = 100;
    private static final int MOST_RECENT = 1_000;
    private static final long MOST_RECENT_OCTETS = 4L * 1024 * 1024;

    private final String link;
    private final SessionStore store;
    private final Map<Long, StoredForward> page = new HashMap<>();
    private final Map<Long, StoredForward> recent = new LinkedHashMap<>();
    private long recentOctets;

    JournalPages(String link, SessionStore store) {
        this.link = link;
        this.store = store;
    }

    /** It was just submitted. */
    void remember(StoredForward latest) {
        recent.put(latest.sequence(), latest);
        recentOctets += latest.message().weightOctets();
        Iterator<StoredForward> eldest = recent.values().iterator();
        while (recent.size() > MOST_RECENT || (recentOctets > MOST_RECENT_OCTETS && recent.size() > 1)) {
            recentOctets -= eldest.next().message().weightOctets();
            eldest.remove();
        }
    }

    void forget(long sequence) {
        page.remove(sequence);
        StoredForward former = recent.remove(sequence);
        if (former != null) {
            recentOctets -= former.message().weightOctets();
        }
    }

    /**
     * The message, which is durable; null if the store does not have it, or has it damaged. Blocks if it has to be read
     * back.
     *
     * @throws StoreUnreadableException if nothing can be read
     */
    @Nullable
    StoredForward read(long sequence) {
        StoredForward known = recent.getOrDefault(sequence, page.get(sequence));
        if (known != null) {
            return known;
        }
        page.clear();
        store.forwards(link, sequence - 1, PAGE).forEach(each -> page.put(each.sequence(), each));
        return page.get(sequence);
    }
}
