package io.causeway.gateway.config;

/** {@code mode: local}: devices reach each other through this gateway, and there is no broker. */
public record LocalUpstream() implements UpstreamConfig {}
