package io.causeway.session;

import io.causeway.store.KeptSession;
import io.causeway.store.StoredSession;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Where clients of kept sessions were. An address has one client; but where it came to be another's just before the end,
 * on another loop, both may have been kept at it.
 */
public final class KeptAddresses {
    private final Map<String, StoredSession> lastAt = new HashMap<>();

    /** @param sessions of all loops */
    public KeptAddresses(Collection<KeptSession> sessions) {
        for (KeptSession each : sessions) {
            lastAt.merge(each.values().address(), each.values(), KeptAddresses::later);
        }
    }

    /** The address at which the session's client was last, or empty if it was at none or that is another's now. */
    public String addressOf(KeptSession session) {
        String address = session.values().address();
        StoredSession last = lastAt.get(address);
        return last != null && last.id() == session.values().id() ? address : "";
    }

    private static StoredSession later(StoredSession one, StoredSession other) {
        return other.sinceNanos() - one.sinceNanos() > 0 ? other : one;
    }
}
