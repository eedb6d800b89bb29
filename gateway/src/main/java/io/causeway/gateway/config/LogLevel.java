package io.causeway.gateway.config;

/** What is logged: {@code log-level}. Each level includes those before it. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
