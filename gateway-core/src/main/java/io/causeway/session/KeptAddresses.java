package io.causeway.session;

import io.causeway.store.KeptSession;
import io.causeway.store.StoredSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where clients of kept sessions were. An address has one client; but where it came to be another's just before the end,
 * on another loop, both may have been kept at it. Then the one that came last is there.
 *
 * <p>Sessions come one by one and are not held, but for the few whose address is contested: these are to be restored when
 * all others are, so that who loses its address by that loses it among clients that are there. Owned by who restores.
 */
public final class KeptAddresses {
    private final Map<String, Long> sinceNanos = new HashMap<>();
    private final List<KeptSession> contenders = new ArrayList<>();

    /** False if an earlier one was at the same address: then the session is to be restored later, as a contender. */
    public boolean isFirstAt(KeptSession session) {
        StoredSession values = session.values();
        if (values.address().isEmpty() || sinceNanos.putIfAbsent(values.address(), values.sinceNanos()) == null) {
            return true;
        }
        contenders.add(session);
        return false;
    }

    /** In the order in which they are to be restored, each when the one before it has been. */
    public List<KeptSession> contenders() {
        return List.copyOf(contenders);
    }

    /** Whether the contender takes its address from who is there by now; if not, it is nowhere. */
    public boolean takesAddress(KeptSession contender) {
        StoredSession values = contender.values();
        Long there = sinceNanos.get(values.address());
        if (there != null && values.sinceNanos() - there < 0) {
            return false;
        }
        sinceNanos.put(values.address(), values.sinceNanos());
        return true;
    }
}
