package io.causeway.store;

import java.util.List;

/**
 * A session with all that belongs to it, as it is loaded.
 *
 * @param subscriptions in the order in which they were made
 * @param aliases       by their value
 * @param lostAliases   how many more the client was given, which cannot be read any more; 0 or more
 * @param messages      in their order
 */
public record KeptSession(
        StoredSession values,
        List<StoredSubscription> subscriptions,
        List<StoredAlias> aliases,
        int lostAliases,
        List<StoredMessage> messages,
        List<StoredReceived> received) {
    public KeptSession {
        subscriptions = List.copyOf(subscriptions);
        aliases = List.copyOf(aliases);
        messages = List.copyOf(messages);
        received = List.copyOf(received);
    }
}
