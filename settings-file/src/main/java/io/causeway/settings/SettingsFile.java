package io.causeway.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML file of settings, or a text that stands for one.
 *
 * <p>In any value <code>${NAME}</code> stands for an environment variable. Paths are relative to the file's directory.
 *
 * @param name      what messages call it
 * @param directory what paths in it are relative to
 * @param text      the YAML
 */
public record SettingsFile(String name, Path directory, String text) {
    /** Ten times what any setting needs. */
    private static final int MAX_DEPTH = 50;

    /** @throws ConfigException if there is no such file, or it cannot be read */
    public static SettingsFile at(Path file) throws ConfigException {
        Path parent = file.toAbsolutePath().getParent();
        return new SettingsFile(file.toString(), parent == null ? file : parent, textOf(file));
    }

    /**
     * Reads the whole file.
     *
     * @param environment the variables that it can refer to
     * @param reader      makes the settings from the outermost keys
     * @return nothing if the file has no content
     * @throws ConfigException if something in it is wrong
     */
    public <T> Optional<T> read(Map<String, String> environment, Function<Section, T> reader) throws ConfigException {
        Origin origin = new Origin(name, directory, environment);
        Optional<T> settings = compose()
                .filter(document -> !document.getTag().equals(Tag.NULL))
                .flatMap(document -> Section.of(origin, "", document))
                .map(root -> root.readBy(reader));
        origin.requireNoProblem();
        return settings;
    }

    private static String textOf(Path file) throws ConfigException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of(ConfigProblem.ofFile(file.toString(), "there is no such file")));
        } catch (CharacterCodingException e) {
            throw new ConfigException(List.of(ConfigProblem.ofFile(file.toString(), "the file is not UTF-8")));
        } catch (IOException e) {
            throw new ConfigException(List.of(ConfigProblem.ofFile(file.toString(), "cannot be read: " + e)));
        }
    }

    private Optional<Node> compose() throws ConfigException {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(name)
                    .setAllowNonScalarKeys(true)
                    .build();
            requireShallow(settings);
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            throw problemAt(e.getProblemMark(), "no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ConfigException(List.of(ConfigProblem.ofFile(name, "no YAML: " + e.getMessage())));
        }
    }

    /** The composer calls itself for each level, so that a hostile or damaged file could exhaust the stack. */
    private void requireShallow(LoadSettings settings) throws ConfigException {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                throw problemAt(event.getStartMark(), "nested more than " + MAX_DEPTH + " levels deep");
            }
        }
    }

    private ConfigException problemAt(Optional<Mark> at, String problem) {
        int line = at.map(mark -> mark.getLine() + 1).orElse(0);
        int column = at.map(mark -> mark.getColumn() + 1).orElse(0);
        return new ConfigException(List.of(new ConfigProblem(name, line, column, "", problem, "")));
    }
}
