package io.causeway.session;

import io.causeway.upstream.Refusal;

/** Outcome of a request, of which each dialect has its own codes. */
public enum ReasonCode {
    SUCCESS,
    CONGESTION,
    INVALID_TOPIC_ALIAS,
    NOT_SUPPORTED;

    static ReasonCode of(Refusal refusal) {
        return switch (refusal) {
            case CONGESTION -> CONGESTION;
            case NOT_SUPPORTED -> NOT_SUPPORTED;
        };
    }
}
