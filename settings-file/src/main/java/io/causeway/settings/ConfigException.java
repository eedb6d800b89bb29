package io.causeway.settings;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file cannot be used; says everything that is wrong with it. */
public final class ConfigException extends Exception {
    private final transient List<ConfigProblem> problems;

    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** All mistakes, in the order of the file; at least one. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
