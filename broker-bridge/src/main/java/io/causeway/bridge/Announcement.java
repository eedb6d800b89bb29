package io.causeway.bridge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether CONNECT says that we are a bridge: by the highest bit of the protocol level, which is no part of MQTT 3.1.1 but
 * what many brokers agree on. They send a bridge nothing of its own, and retain flags as they were published. Others refuse
 * the level, hang up or do not answer, and are tried without it; what has worked last comes first. Safe for many threads.
 */
final class Announcement {
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);

    private final String link;
    private boolean announcing;
    private boolean proven;
    private boolean told;

    /** @param link as the log names it */
    Announcement(String link, boolean wanted) {
        this.link = link;
        this.announcing = wanted;
        this.proven = !wanted;
    }

    /** For the next attempt. */
    synchronized boolean isDue() {
        return announcing;
    }

    synchronized void onAccepted(boolean announced) {
        proven = true;
        announcing = announced;
    }

    /** The broker does not speak this version. */
    synchronized void onRefused(boolean announced) {
        if (announced) {
            proven = false;
            goOnWith(false);
        }
    }

    /** The broker hangs up, or does not answer: one that was content before is rather about to restart. */
    synchronized void onUnanswered(boolean announced) {
        if (!proven) {
            goOnWith(!announced);
        }
    }

    private void goOnWith(boolean next) {
        announcing = next;
        if (!next && !told) {
            told = true;
            LOG.info("{}: the broker takes no bridge; connecting as a client", link);
        }
    }
}
