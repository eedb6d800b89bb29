package io.causeway.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where a configuration comes from, and what has been found wrong with it so far. Mutable, owned by the one call that
 * reads the file.
 */
final class Origin {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final String file;
    private final Path directory;
    private final Map<String, String> environment;
    private final List<ConfigProblem> problems = new ArrayList<>();

    Origin(String file, Path directory, Map<String, String> environment) {
        this.file = file;
        this.directory = directory;
        this.environment = environment;
    }

    /** Notes a mistake at the place of the node. */
    void refuse(Node at, String key, String problem, String allowed) {
        int line = at.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        int column = at.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
        problems.add(new ConfigProblem(file, line, column, key, problem, allowed));
    }

    /**
     * The text with each <code>${NAME}</code> replaced by that environment variable.
     *
     * @throws IllegalArgumentException if one of them is not set
     */
    String substitute(String text) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String value = environment.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("the environment has no " + match.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** Paths in a file are relative to the directory it is in. */
    Path resolve(String path) {
        return directory.resolve(path);
    }

    /** @throws ConfigException if anything has been refused */
    void requireNoProblem() throws ConfigException {
        if (problems.isEmpty()) {
            return;
        }
        problems.sort(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column));
        throw new ConfigException(problems);
    }
}
