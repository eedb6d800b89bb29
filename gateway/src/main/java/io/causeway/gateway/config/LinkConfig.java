package io.causeway.gateway.config;

/** One way on which devices reach the gateway: an entry of {@code links}. */
public sealed interface LinkConfig permits UdpLink {}
