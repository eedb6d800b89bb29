package io.causeway.gateway.cli;

import io.causeway.gateway.config.LogLevel;
import java.util.List;
import java.util.Locale;

/** What this process logs. */
final class ProcessLog {
    /** What the names of all our loggers, and of those of our libraries, begin with. */
    private static final List<String> LOGGER_NAMES = List.of("io", "org", "clients");

    private ProcessLog() {}

    /**
     * slf4j-simple reads its default when the first logger is made, which reading the settings does already; the level
     * of a name or of what it begins with is read when a logger of that name is made.
     */
    static void useLevel(LogLevel level) {
        String word = level.name().toLowerCase(Locale.ROOT);
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", word);
        for (String name : LOGGER_NAMES) {
            System.setProperty("org.slf4j.simpleLogger.log." + name, word);
        }
        System.setProperty("org.slf4j.simpleLogger.log.trace", "info"); // has a switch of its own: the key trace
    }
}
