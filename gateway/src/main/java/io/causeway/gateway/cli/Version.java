package io.causeway.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
            String version = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return new String[] {
                "causeway " + version.strip(), "MQTT-SN 1.2, on Java " + System.getProperty("java.version")
            };
        }
    }
}
