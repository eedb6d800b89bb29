package io.causeway.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The commented configuration file to start from: every setting with its default. */
public final class ConfigTemplate {
    private ConfigTemplate() {}

    /** The text of the file. */
    public static String text() {
        try (InputStream in = ConfigTemplate.class.getResourceAsStream("template.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
