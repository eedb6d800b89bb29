package io.causeway.store;

import io.causeway.routing.ApplicationMessage;

/**
 * One difference to what is kept. Each can be applied twice without harm, and a removal of what is not there is none.
 * Later changes of the same thing replace earlier ones, so that a store may leave out what a later one of the same
 * commit undoes.
 */
public sealed interface Change {
    /** A session is new, or its own values are others now. */
    record PutSession(StoredSession session) implements Change {}

    /** A session is no more, and nothing of what belonged to it. */
    record RemoveSession(long session) implements Change {}

    /** A subscription is new, or the one to the same filter has other options. */
    record PutSubscription(long session, StoredSubscription subscription) implements Change {}

    record RemoveSubscription(long session, String filter) implements Change {}

    /** A topic alias is new, or its client knows it now. */
    record PutAlias(long session, StoredAlias alias) implements Change {}

    /** A message waits for the session's client, under a sequence that the session had for no other. */
    record PutMessage(long session, StoredMessage message) implements Change {}

    /**
     * A message is on its way to the client under this packet id.
     *
     * @param released QoS 2: the client has it
     */
    record MarkMessage(long session, long sequence, int packetId, boolean released) implements Change {}

    /** The client has the message, or it was dropped. */
    record RemoveMessage(long session, long sequence) implements Change {}

    /** A QoS 2 message of the session's client was taken, and is not released. */
    record PutReceived(long session, StoredReceived received) implements Change {}

    record RemoveReceived(long session, int packetId) implements Change {}

    /** In place of the one with the same topic. */
    record PutRetained(ApplicationMessage message) implements Change {}

    record RemoveRetained(String topic) implements Change {}

    /** A will is due and no upstream has it yet. */
    record PutWill(StoredWill will) implements Change {}

    record RemoveWill(long id) implements Change {}

    /**
     * A message waits for a broker elsewhere, under a sequence that was never used, or that the same unit has removed
     * before: so a message moves to another link.
     */
    record PutForward(StoredForward forward) implements Change {}

    /**
     * A message is on its way to that broker under this packet id, 0 if it is to be sent anew.
     *
     * @param released QoS 2: the broker has it
     */
    record MarkForward(long sequence, int packetId, boolean released) implements Change {}

    /** The broker has it, or it was dropped. */
    record RemoveForward(long sequence) implements Change {}

    /** A QoS 2 message of a broker elsewhere, or what is known of it, is new or changed. */
    record PutArrival(StoredArrival arrival) implements Change {}

    record RemoveArrival(String link, int packetId) implements Change {}
}
