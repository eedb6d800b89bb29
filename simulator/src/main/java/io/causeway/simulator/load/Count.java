package io.causeway.simulator.load;

import java.util.Locale;

/** What is counted in a run. */
public enum Count {
    /** Distinct messages that the fleet has published. */
    SENT,
    /** Messages of QoS 1 and 2 whose exchange was completed. */
    ACKNOWLEDGED,
    /** Distinct messages that the subscriber at the broker has received. */
    ARRIVED,
    /** Acknowledged, and not arrived: there must be none. */
    MISSING,
    /** Further copies that have arrived. At QoS 2 there must be none. */
    DUPLICATES,
    /** Messages that arrived after a later one of the same client. */
    OUT_OF_ORDER,
    /** Messages on the topics of the run that nobody of it has sent. */
    FOREIGN,
    /** Messages that were answered with a return code other than accepted. */
    REJECTED,
    /** Messages that were not answered. */
    GIVEN_UP,
    /** PUBLISH packets with DUP. */
    REPEATED,
    /** CONNECT or REGISTER that was rejected or not answered. */
    FAILED_CONNECTS,
    LOST_CONNECTIONS,
    /** Datagrams that this machine did not take or could not hand over: nobody at the port, or a full buffer. */
    FAILED_DATAGRAMS;

    /** As in the JSON report: {@code out_of_order}. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
