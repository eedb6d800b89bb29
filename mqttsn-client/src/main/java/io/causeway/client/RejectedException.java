package io.causeway.client;

import io.causeway.codec.v12.ReturnCode;

/**
 * The gateway answered with a return code other than accepted (1.2 §5.3.10). After {@link ReturnCode#CONGESTION} the same
 * request may succeed later: wait, more than five minutes is the specification's advice (1.2 §7.2). Congestion is also
 * said by the client itself, when more requests wait to be sent than its settings allow.
 */
public final class RejectedException extends ClientException {
    private final ReturnCode returnCode;

    RejectedException(ReturnCode returnCode) {
        super("rejected: " + returnCode);
        this.returnCode = returnCode;
    }

    public ReturnCode returnCode() {
        return returnCode;
    }
}
