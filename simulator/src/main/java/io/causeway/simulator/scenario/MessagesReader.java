package io.causeway.simulator.scenario;

import io.causeway.codec.v12.Qos;
import io.causeway.settings.Section;
import io.causeway.settings.ValueType;
import java.time.Duration;
import java.util.Optional;

/** Reads from their sections what sensors publish and get. */
final class MessagesReader {
    private static final TopicPattern REPORTS = new TopicPattern("sim/{run}/{group}/{index}/report");
    private static final TopicPattern ALARMS = new TopicPattern("sim/{run}/{group}/{index}/alarm");
    private static final TopicPattern COMMANDS = new TopicPattern("sim/{run}/{group}/{index}/command");
    private static final Span<Integer> ONE = new Span<>(1, 1);

    private MessagesReader() {}

    static Optional<Report> report(Section section) {
        Optional<Pace> pace = pace(section);
        Qos qos = section.value("qos", ScenarioTypes.QOS, Qos.AT_LEAST_ONCE);
        boolean retain = section.value("retain", ValueType.FLAG, false);
        TopicPattern topic = section.value("topic", ScenarioTypes.TOPIC, REPORTS);
        PayloadTemplate payload = payload(section);
        return pace.flatMap(when -> section.build(
                "every with any qos, pause with qos 1 or 2", () -> new Report(when, qos, retain, topic, payload)));
    }

    private static Optional<Pace> pace(Section section) {
        Optional<Duration> every = section.value("every", ScenarioTypes.TIME);
        Optional<Duration> pause = section.value("pause", ScenarioTypes.TIME_OR_NONE);
        if (section.has("pause")) {
            if (section.has("every")) {
                section.refuse("pause", "a report has either a rhythm or a pause", "every or pause");
            }
            return pause.map(Pace.OnAcknowledgement::new);
        }
        double jitter = section.value("jitter", ScenarioTypes.SHARE, 0.0);
        if (!section.has("every")) {
            section.refuse("every", "the key is missing", "every or pause");
        }
        return every.map(interval -> new Pace.Every(interval, jitter));
    }

    static Optional<Alarms> alarms(Section section) {
        Optional<Duration> every = section.required("every", ScenarioTypes.TIME);
        Span<Integer> burst = section.value("burst", ScenarioTypes.BURST, ONE);
        Duration gap = section.value("gap", ScenarioTypes.TIME_OR_NONE, Duration.ZERO);
        Qos qos = section.value("qos", ScenarioTypes.QOS, Qos.AT_LEAST_ONCE);
        TopicPattern topic = section.value("topic", ScenarioTypes.TOPIC, ALARMS);
        PayloadTemplate payload = payload(section);
        return every.map(mean -> new Alarms(mean, burst, gap, qos, topic, payload));
    }

    static Optional<Commands> commands(Section section) {
        Optional<Duration> every = section.required("every", ScenarioTypes.TIME);
        Qos qos = section.value("qos", ScenarioTypes.QOS, Qos.AT_LEAST_ONCE);
        TopicPattern topic = section.value("topic", ScenarioTypes.TOPIC_PER_SENSOR, COMMANDS);
        PayloadTemplate payload = payload(section);
        return every.map(mean -> new Commands(mean, qos, topic, payload));
    }

    static Optional<Beacon> beacon(Section section) {
        Optional<Duration> every = section.required("every", ScenarioTypes.TIME);
        double jitter = section.value("jitter", ScenarioTypes.SHARE, 0.0);
        Optional<Integer> topicId = section.required("topic-id", ScenarioTypes.TOPIC_ID);
        Optional<String> topic = section.required("topic", ScenarioTypes.TOPIC_NAME);
        PayloadTemplate payload = payload(section);
        if (every.isEmpty() || topicId.isEmpty() || topic.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Beacon(every.get(), jitter, topicId.get(), topic.get(), payload));
    }

    private static PayloadTemplate payload(Section section) {
        return section.section("payload", MessagesReader::template, PayloadTemplate.DEFAULT);
    }

    private static PayloadTemplate template(Section section) {
        PayloadTemplate defaults = PayloadTemplate.DEFAULT;
        return new PayloadTemplate(
                section.value("format", ValueType.oneOf(PayloadTemplate.Format.class), defaults.format()),
                section.value("content", ValueType.oneOf(PayloadTemplate.Content.class), defaults.content()),
                section.value("octets", ScenarioTypes.OCTETS, defaults.octets()));
    }
}
