package io.causeway.simulator.scenario;

import io.causeway.settings.SettingsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The scenarios that come with the simulator, and a file to start one's own from. */
public final class ShippedScenarios {
    public static final List<String> NAMES = List.of("smart-meters", "cold-chain", "parking", "factory", "storm");

    private ShippedScenarios() {}

    /** @throws IllegalArgumentException if there is none of that name */
    public static SettingsFile file(String name) {
        Require.that(NAMES.contains(name), "there is no scenario '" + name + "', only " + String.join(", ", NAMES));
        return new SettingsFile(name + ".yaml", Path.of(""), text("shipped/" + name + ".yaml"));
    }

    /** A commented scenario with every key. */
    public static String template() {
        return text("template.yaml");
    }

    private static String text(String resource) {
        try (InputStream in = ShippedScenarios.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
