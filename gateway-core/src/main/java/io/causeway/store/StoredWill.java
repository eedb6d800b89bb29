package io.causeway.store;

import io.causeway.routing.ApplicationMessage;

/**
 * A will that is due.
 *
 * @param id       in this store, from 1
 * @param clientId whose it is
 * @param user     the name that this client had proven to bear, or empty
 */
public record StoredWill(long id, String clientId, String user, ApplicationMessage message) {}
