package io.causeway.simulator.scenario;

import io.causeway.codec.v12.Qos;
import io.causeway.settings.Bounds;
import io.causeway.settings.Units;
import io.causeway.settings.ValueType;
import java.time.Duration;

/** How the values of a scenario are written, in its file and on the command line. */
public final class ScenarioTypes {
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_SENSORS = 1_000_000;
    private static final int MOST_OCTETS = 60_000;
    private static final int MOST_RETRIES = 100;
    private static final int MOST_PER_BURST = 1_000;
    private static final int MOST_TOPIC_ID = 65_534;
    private static final long MOST_BITS_PER_SECOND = 100_000_000;

    /** More than nothing. */
    public static final ValueType<Duration> TIME = ValueType.duration(new Bounds<>(Duration.ofMillis(1), LONGEST));

    public static final ValueType<Duration> TIME_OR_NONE = ValueType.duration(new Bounds<>(Duration.ZERO, LONGEST));

    /** What the wire has two octets of seconds for. */
    public static final ValueType<Duration> WHOLE_SECONDS = ValueType.duration(
                    new Bounds<>(Duration.ofSeconds(1), Duration.ofSeconds(65_535)))
            .as(ScenarioTypes::requireWholeSeconds);

    public static final ValueType<Double> SHARE = ValueType.percent(new Bounds<>(0, 100));

    public static final ValueType<Integer> SENSORS = ValueType.integer(new Bounds<>(1, MOST_SENSORS));

    public static final ValueType<Span<Integer>> OCTETS =
            ValueType.integer(new Bounds<>(0, MOST_OCTETS)).span(Span::new);

    /** Of what is acknowledged, or could be. */
    public static final ValueType<Qos> QOS =
            ValueType.integer(new Bounds<>(0, 2)).as(Qos::of);

    /** {@code 80ms}, {@code 20ms..80ms}, {@code 80ms+-20ms} or {@code 80ms+200ms}: the forms of {@link Delay}. */
    public static final ValueType<Delay> DELAY = new ValueType<>(
            "80ms: always; 20ms..80ms: any between; 80ms+-20ms: mean and deviation; "
                    + "80ms+200ms: the least, and the mean of what comes on top",
            ScenarioTypes::delay);

    static final ValueType<Long> SEED =
            ValueType.integer(new Bounds<>(0, 999_999_999)).as(Integer::longValue);
    static final ValueType<Double> SLEEP_JITTER = ValueType.percent(new Bounds<>(0, 20));
    static final ValueType<Integer> RETRIES = ValueType.integer(new Bounds<>(0, MOST_RETRIES));
    static final ValueType<Span<Integer>> BURST =
            ValueType.integer(new Bounds<>(1, MOST_PER_BURST)).span(Span::new);
    public static final ValueType<Span<Duration>> TIMES = TIME.span(Span::new);
    static final ValueType<Integer> TOPIC_ID = ValueType.integer(new Bounds<>(1, MOST_TOPIC_ID));
    static final ValueType<Long> BIT_RATE = ValueType.bitRate(new Bounds<>(1L, MOST_BITS_PER_SECOND));
    static final ValueType<TopicPattern> TOPIC = new ValueType<>(
            "a topic of 1 to 200 characters without wildcards, with {run}, {group}, {client} and {index} in it",
            TopicPattern::new);

    static final ValueType<TopicPattern> TOPIC_PER_SENSOR = new ValueType<>(
            "a topic of 1 to 200 characters without wildcards, with {client} or {index} in it",
            ScenarioTypes::topicPerSensor);

    static final ValueType<String> TOPIC_NAME = new ValueType<>("a topic without wildcards", Beacon::requireTopicName);

    private ScenarioTypes() {}

    private static TopicPattern topicPerSensor(String text) {
        TopicPattern topic = new TopicPattern(text);
        Require.that(topic.isPerSensor(), "'" + text + "' is the same for all sensors");
        return topic;
    }

    private static Duration requireWholeSeconds(Duration time) {
        Require.that(time.toNanosPart() == 0, "'" + Units.format(time) + "' is no whole number of seconds");
        return time;
    }

    private static Delay delay(String text) {
        String[] normal = text.split("\\+-", 2);
        if (normal.length == 2) {
            return new Delay.Normal(time(normal[0]), time(normal[1]));
        }
        String[] tail = text.split("\\+", 2);
        if (tail.length == 2) {
            return new Delay.LongTail(time(tail[0]), time(tail[0]).plus(time(tail[1])));
        }
        Span<Duration> times =
                TIME_OR_NONE.<Span<Duration>>span(Span::new).parser().apply(text);
        return times.least().equals(times.most()) ? new Delay.Fixed(times.least()) : new Delay.Uniform(times);
    }

    private static Duration time(String text) {
        return TIME_OR_NONE.parser().apply(text.strip());
    }
}
