package io.causeway.simulator.scenario;

import io.causeway.settings.ConfigException;
import io.causeway.settings.ConfigProblem;
import io.causeway.settings.Section;
import io.causeway.settings.SettingsFile;
import io.causeway.settings.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a scenario from its file. */
public final class ScenarioReader {
    private static final long DEFAULT_SEED = 1;
    private static final Duration DEFAULT_RAMP = Duration.ofSeconds(10);
    private static final Duration DEFAULT_DRAIN = Duration.ofMinutes(1);

    private ScenarioReader() {}

    /** @throws ConfigException with everything that is wrong in it */
    public static Scenario read(SettingsFile file) throws ConfigException {
        return file.read(Map.of(), ScenarioReader::scenario)
                .flatMap(scenario -> scenario)
                .orElseThrow(() -> new ConfigException(
                        List.of(ConfigProblem.ofFile(file.name(), "there is nothing in the file"))));
    }

    private static Optional<Scenario> scenario(Section section) {
        Optional<String> name = section.required("name", ValueType.TEXT);
        String about = section.value("about", ValueType.TEXT, "").strip();
        long seed = section.value("seed", ScenarioTypes.SEED, DEFAULT_SEED);
        Optional<Phases> phases = phases(section);
        NetworkConditions network = section.section("network", NetworkReader::network, NetworkConditions.IDEAL);
        if (!section.has("groups")) {
            section.refuse("groups", "the key is missing", "a list");
            return Optional.empty();
        }
        List<Group> groups = section.sections("groups", group -> GroupReader.group(group, network));
        boolean hasOnlyBadGroups = groups.isEmpty() && !section.isEmptyList("groups");
        if (name.isEmpty() || phases.isEmpty() || hasOnlyBadGroups) {
            return Optional.empty();
        }
        return section.build(
                "at least one group, each with a name of its own",
                () -> new Scenario(name.get(), about, seed, phases.get(), groups));
    }

    private static Optional<Phases> phases(Section section) {
        Duration rampUp = section.value("ramp-up", ScenarioTypes.TIME_OR_NONE, DEFAULT_RAMP);
        Optional<Duration> steady = section.required("steady", ScenarioTypes.TIME);
        Duration rampDown = section.value("ramp-down", ScenarioTypes.TIME_OR_NONE, DEFAULT_RAMP);
        Duration drain = section.value("drain", ScenarioTypes.TIME_OR_NONE, DEFAULT_DRAIN);
        return steady.map(time -> new Phases(rampUp, time, rampDown, drain));
    }
}
