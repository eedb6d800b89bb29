package io.causeway.gateway.config;

/** Where messages go to and come from on the side of MQTT: {@code upstream}. */
public sealed interface UpstreamConfig permits IntegratedUpstream, AggregatingUpstream {}
