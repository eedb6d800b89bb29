package io.causeway.gateway.admin;

import java.util.List;

/** How a gateway is. Called by the thread that answers a request: quick, and safe to call from any thread. */
public interface Health {

    /** What only a restart can mend, in words for the operator; empty: the gateway is alive. */
    List<String> whyNotLive();

    /** What keeps devices from being served at the moment, in words for the operator; empty: the gateway is ready. */
    List<String> whyNotReady();

    /** What the operator should know though devices are served, in words. */
    List<String> notes();
}
