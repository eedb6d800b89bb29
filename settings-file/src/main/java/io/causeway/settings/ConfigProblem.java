package io.causeway.settings;

/**
 * One mistake in a configuration file.
 *
 * @param file the file as the user named it
 * @param line from 1; 0: the file as a whole
 * @param column from 1; 0: the file as a whole
 * @param key the path of the key, like {@code links[0].bind}; empty: the file as a whole
 * @param problem what is wrong
 * @param allowed what may stand there; empty: the problem says it already
 */
public record ConfigProblem(String file, int line, int column, String key, String problem, String allowed) {

    /** A mistake that is not at one place of the file. */
    public static ConfigProblem ofFile(String file, String problem) {
        return new ConfigProblem(file, 0, 0, "", problem, "");
    }

    /** {@code file:line:column: key: what is wrong; allowed: what may stand there}, without the parts that are empty. */
    @Override
    public String toString() {
        return (line == 0 ? file : file + ":" + line + ":" + column)
                + (key.isEmpty() ? "" : ": " + key)
                + ": "
                + problem
                + (allowed.isEmpty() ? "" : "; allowed: " + allowed);
    }
}
