package io.causeway.simulator.scenario;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A fleet and what it does.
 *
 * @param name   not empty; stands in reports
 * @param about  one or two sentences on what is simulated; may be empty
 * @param seed   the same seed, the same fleet: all that is left to chance comes from it
 * @param phases how long
 * @param groups at least one, each with a name of its own
 */
public record Scenario(String name, String about, long seed, Phases phases, List<Group> groups) {
    /** @throws IllegalArgumentException if a name is missing or given twice, or there is no group */
    public Scenario {
        groups = List.copyOf(groups);
        Require.that(!name.isEmpty(), "a scenario has a name");
        Require.that(!groups.isEmpty(), "a scenario has at least one group");
        Set<String> names = new HashSet<>();
        for (Group group : groups) {
            Require.that(names.add(group.name()), "there are two groups '" + group.name() + "'");
        }
    }

    /** Of all groups together. */
    public int sensors() {
        return groups.stream().mapToInt(Group::count).sum();
    }

    public Scenario withSeed(long newSeed) {
        return new Scenario(name, about, newSeed, phases, groups);
    }

    /**
     * The same with more sensors, or less; each group keeps at least one.
     *
     * @param factor more than zero
     * @throws IllegalArgumentException if a group would be too large
     */
    public Scenario scaled(double factor) {
        return new Scenario(
                name,
                about,
                seed,
                phases,
                groups.stream()
                        .map(group -> group.withCount(scaled(group.count(), factor)))
                        .toList());
    }

    /** Too many stay too many: they do not wrap. */
    private static int scaled(int count, double factor) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.round(count * factor)));
    }
}
