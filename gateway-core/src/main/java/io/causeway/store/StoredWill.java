package io.causeway.store;

import io.causeway.routing.ApplicationMessage;

/**
 * A will that is due.
 *
 * @param id       in this store, from 1
 * @param clientId whose it is
 */
public record StoredWill(long id, String clientId, ApplicationMessage message) {}
