package io.causeway.upstream;

/** Why an upstream did not take something; dialects map it to their return or reason codes. */
public enum Refusal {
    /** Away, or a bound is reached: the client may try again later. */
    CONGESTION,
    /** Never, as it stands: the server refuses the topic, the QoS or the size. */
    NOT_SUPPORTED
}
