package io.causeway.gateway.cli;

import io.causeway.gateway.config.ConfigReader;
import io.causeway.gateway.config.GatewayConfig;
import io.causeway.settings.ConfigException;
import java.nio.file.Path;

/** Where a command takes the settings from, each time anew. */
@FunctionalInterface
interface ConfigSource {
    GatewayConfig load() throws ConfigException;

    static ConfigSource defaults() {
        return () -> GatewayConfig.DEFAULT;
    }

    static ConfigSource file(Path file) {
        return () -> new ConfigReader(System.getenv()).read(file);
    }
}
