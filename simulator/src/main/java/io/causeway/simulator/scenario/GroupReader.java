package io.causeway.simulator.scenario;

import io.causeway.settings.Section;
import io.causeway.settings.ValueType;
import java.time.Duration;
import java.util.Optional;

/** Reads a group of sensors from its section. */
final class GroupReader {
    private static final String ALLOWED =
            "a name of 1 to 16 letters, digits, - and _; beacon alone, or report, alarms, " + "sleep and commands";

    private GroupReader() {}

    /** @param networkOfAll for a group without a network of its own */
    static Optional<Group> group(Section section, NetworkConditions networkOfAll) {
        Optional<String> name = section.required("name", ValueType.TEXT);
        Optional<Integer> count = section.required("count", ScenarioTypes.SENSORS);
        Firmware firmware = section.value("firmware", ValueType.oneOf(Firmware.class), Firmware.STANDARD);
        Connection connection = section.section("connection", GroupReader::connection, Connection.DEFAULT);
        Optional<Report> report = section.section("report", MessagesReader::report, Optional.empty());
        Optional<Alarms> alarms = section.section("alarms", MessagesReader::alarms, Optional.empty());
        Optional<Sleep> sleep = section.section("sleep", GroupReader::sleep, Optional.empty());
        Optional<Commands> commands = section.section("commands", MessagesReader::commands, Optional.empty());
        Optional<Beacon> beacon = section.section("beacon", MessagesReader::beacon, Optional.empty());
        Optional<Roaming> roaming = section.section("roaming", GroupReader::roaming, Optional.empty());
        Optional<BrownOuts> brownOuts = section.section("brown-outs", GroupReader::brownOuts, Optional.empty());
        NetworkConditions network = section.section("network", NetworkReader::network, networkOfAll);
        if (name.isEmpty() || count.isEmpty()) {
            return Optional.empty();
        }
        return section.build(
                ALLOWED,
                () -> new Group(
                        name.get(),
                        count.get(),
                        firmware,
                        connection,
                        report.orElse(null),
                        alarms.orElse(null),
                        sleep.orElse(null),
                        commands.orElse(null),
                        beacon.orElse(null),
                        roaming.orElse(null),
                        brownOuts.orElse(null),
                        network));
    }

    private static Connection connection(Section section) {
        Connection defaults = Connection.DEFAULT;
        return new Connection(
                section.value("keep-alive", ScenarioTypes.WHOLE_SECONDS, defaults.keepAlive()),
                section.value("clean-session", ValueType.FLAG, defaults.cleanSession()),
                section.value("will", ValueType.FLAG, defaults.will()),
                section.value("retry-interval", ScenarioTypes.TIME, defaults.retryInterval()),
                section.value("retry-count", ScenarioTypes.RETRIES, defaults.retryCount()));
    }

    private static Optional<Sleep> sleep(Section section) {
        Optional<Duration> period = section.required("period", ScenarioTypes.WHOLE_SECONDS);
        double jitter = section.value("jitter", ScenarioTypes.SLEEP_JITTER, 0.0);
        return period.map(time -> new Sleep(time, jitter));
    }

    private static Optional<Roaming> roaming(Section section) {
        return section.required("every", ScenarioTypes.TIME).map(Roaming::new);
    }

    private static Optional<BrownOuts> brownOuts(Section section) {
        Optional<Duration> every = section.required("every", ScenarioTypes.TIME);
        Optional<Span<Duration>> length = section.required("for", ScenarioTypes.TIMES);
        return every.flatMap(mean -> length.map(span -> new BrownOuts(mean, span)));
    }
}
