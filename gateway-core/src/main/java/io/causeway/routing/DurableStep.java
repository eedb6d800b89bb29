package io.causeway.routing;

/**
 * What becomes durable as one with a message: the router passes it on unseen, and who keeps messages over a restart
 * knows what it is.
 */
public interface DurableStep {}
