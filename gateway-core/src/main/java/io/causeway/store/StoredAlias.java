package io.causeway.store;

/**
 * A topic alias of a session.
 *
 * @param value 1 to 65,534
 * @param known the client has been told, and not denied it since
 */
public record StoredAlias(int value, String topic, boolean known) {}
