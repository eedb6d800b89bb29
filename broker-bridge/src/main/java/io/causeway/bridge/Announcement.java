package io.causeway.bridge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether CONNECT says that we are a bridge: by the highest bit of the protocol level, which is no part of MQTT 3.1.1 but
 * what many brokers agree on. They send a bridge nothing of its own, and retain flags as they were published. Others refuse
 * the level, and are not told again. Where one hangs up or does not answer, that may be the reason, or it is just away:
 * attempts with and without the bit alternate then, and the next connection begins with it again. Safe for many threads.
 */
final class Announcement {
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);

    /** A broker that was content with a bridge is rather about to restart, unless so many attempts in a row fail. */
    static final int PATIENCE = 5;

    private final String link;
    private boolean ruledOut;
    private boolean announcing;
    private int unansweredLeft = 1;

    /** @param link as the log names it */
    Announcement(String link, boolean wanted) {
        this.link = link;
        this.ruledOut = !wanted;
        this.announcing = wanted;
    }

    /** For the next attempt. */
    synchronized boolean isDue() {
        return announcing;
    }

    synchronized void onAccepted(boolean announced) {
        announcing = !ruledOut;
        unansweredLeft = announced ? PATIENCE : 1;
        if (announcing && !announced) {
            LOG.info("{}: the broker did not answer a bridge; connected as a client until the next time", link);
        }
    }

    /** The broker does not speak this version. */
    synchronized void onRefused(boolean announced) {
        if (announced) {
            ruledOut = true;
            announcing = false;
            LOG.info("{}: the broker takes no bridge; connecting as a client", link);
        }
    }

    /** The broker hangs up, or does not answer. */
    synchronized void onUnanswered(boolean announced) {
        unansweredLeft = Math.max(0, unansweredLeft - 1);
        if (unansweredLeft == 0) {
            announcing = !announced && !ruledOut;
        }
    }
}
