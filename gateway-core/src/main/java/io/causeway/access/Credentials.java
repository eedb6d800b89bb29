package io.causeway.access;

import io.causeway.codec.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows of itself when it connects.
 *
 * @param clientId        that it wants to have
 * @param user            or null if it gave none
 * @param password        or null if it gave none
 * @param certificateName of the verified certificate of its TLS connection, or null without one
 * @param host            where it comes from, as failed attempts are counted: a value with {@code equals} and
 *                        {@code hashCode} that a client cannot change at will, like an address without the port
 */
public record Credentials(
        String clientId,
        @Nullable String user,
        @Nullable Octets password,
        @Nullable String certificateName,
        Object host) {

    /** Without the password. */
    @Override
    public String toString() {
        return "client '" + clientId + "'" + (user == null ? "" : ", user '" + user + "'")
                + (certificateName == null ? "" : ", certificate of '" + certificateName + "'") + ", from " + host;
    }
}
