package io.causeway.client;

import io.causeway.codec.v12.ReturnCode;

/**
 * Is told once how a request to a {@link ClientSession} ended, within the call that ends it. It may make further requests.
 *
 * @param <T> what the gateway answers; {@link Done} if nothing but yes
 */
public interface Reply<T> {
    void accepted(T answer);

    void failed(ClientException cause);

    /** Accepted or failed, as the return code says. */
    default void answered(ReturnCode returnCode, T answer) {
        if (returnCode == ReturnCode.ACCEPTED) {
            accepted(answer);
        } else {
            failed(new RejectedException(returnCode));
        }
    }
}
