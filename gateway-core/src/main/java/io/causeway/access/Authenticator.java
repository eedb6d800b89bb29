package io.causeway.access;

import java.util.Optional;

/** Finds out who a client is. Safe for many threads. */
@FunctionalInterface
public interface Authenticator {
    /** Lets everybody in under no name. */
    Authenticator ANYBODY = credentials -> Optional.of(Identity.anonymous(credentials.clientId()));

    /**
     * Who this is, or nothing if it is not let in. May take as long as a password hash takes: not for an event loop.
     */
    Optional<Identity> authenticate(Credentials credentials);
}
