package io.causeway.access.file;

import java.util.List;
import java.util.stream.Collectors;

/** A file of users or rules cannot be used; says everything that is wrong with it. */
public final class AccessFileException extends Exception {
    private final transient List<FileProblem> problems;

    AccessFileException(List<FileProblem> problems) {
        super(problems.stream().map(FileProblem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** All mistakes, in the order of the file; at least one. */
    public List<FileProblem> problems() {
        return problems;
    }
}
