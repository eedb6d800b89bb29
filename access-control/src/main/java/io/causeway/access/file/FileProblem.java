package io.causeway.access.file;

/**
 * One mistake in a file of users or rules.
 *
 * @param file    as the user named it
 * @param line    from 1; 0: the file as a whole
 * @param problem what is wrong
 * @param allowed what may stand there; empty: the problem says it already
 */
public record FileProblem(String file, int line, String problem, String allowed) {

    /** {@code file:line: what is wrong; allowed: what may stand there}, without the parts that are empty. */
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line) + ": " + problem
                + (allowed.isEmpty() ? "" : "; allowed: " + allowed);
    }
}
