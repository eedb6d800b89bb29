package io.causeway.simulator.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * A topic name for each sensor of a group: {@code {client}} stands for its client id, {@code {group}} for the name of its
 * group, {@code {index}} for its number in the group, from 0, and {@code {run}} for the name of the run.
 *
 * @param text 1 to 200 characters without wildcards
 */
public record TopicPattern(String text) {
    private static final int MAX_LENGTH = 200;

    /** @throws IllegalArgumentException if the text makes no topic name */
    public TopicPattern {
        Require.that(!text.isEmpty() && text.length() <= MAX_LENGTH, "a topic has 1 to 200 characters");
        Require.that(!text.contains("+") && !text.contains("#"), "a topic has no wildcards: '" + text + "'");
    }

    /** Whether each sensor has a topic of its own. */
    public boolean isPerSensor() {
        return text.contains("{client}") || text.contains("{index}");
    }

    public String of(String run, String group, String client, int index) {
        return text.replace("{run}", run)
                .replace("{group}", group)
                .replace("{client}", client)
                .replace("{index}", Integer.toString(index));
    }

    /** Matches the topics of all sensors of the group. */
    public String filter(String run, String group) {
        List<String> levels = new ArrayList<>();
        for (String level : text.split("/", -1)) {
            boolean varies = level.contains("{client}") || level.contains("{index}");
            levels.add(varies ? "+" : level.replace("{run}", run).replace("{group}", group));
        }
        return String.join("/", levels);
    }
}
