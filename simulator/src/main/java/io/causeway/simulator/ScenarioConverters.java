package io.causeway.simulator;

import io.causeway.codec.v12.Qos;
import io.causeway.radio.framing.Framing;
import io.causeway.settings.ValueType;
import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.Firmware;
import io.causeway.simulator.scenario.ScenarioTypes;
import io.causeway.simulator.scenario.Span;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes values of a scenario of the texts on the command line, which are written as in a file. */
final class ScenarioConverters {
    private ScenarioConverters() {}

    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return explained(text, ScenarioTypes.TIME);
        }
    }

    static final class TimeOrNone implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return explained(text, ScenarioTypes.TIME_OR_NONE);
        }
    }

    static final class WholeSeconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return explained(text, ScenarioTypes.WHOLE_SECONDS);
        }
    }

    static final class Share implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return explained(text, ScenarioTypes.SHARE);
        }
    }

    static final class OnTheWay implements ITypeConverter<Delay> {
        @Override
        public Delay convert(String text) {
            return explained(text, ScenarioTypes.DELAY);
        }
    }

    static final class Octets implements ITypeConverter<Span<Integer>> {
        @Override
        public Span<Integer> convert(String text) {
            return explained(text, ScenarioTypes.OCTETS);
        }
    }

    static final class OfReports implements ITypeConverter<Qos> {
        @Override
        public Qos convert(String text) {
            return explained(text, ScenarioTypes.QOS);
        }
    }

    static final class Times implements ITypeConverter<Span<Duration>> {
        @Override
        public Span<Duration> convert(String text) {
            return explained(text, ScenarioTypes.TIMES);
        }
    }

    static final class OfLine implements ITypeConverter<Framing> {
        @Override
        public Framing convert(String text) {
            return explained(text, ValueType.oneOf(Framing.class));
        }
    }

    static final class Habits implements ITypeConverter<Firmware> {
        @Override
        public Firmware convert(String text) {
            return explained(text, ValueType.oneOf(Firmware.class));
        }
    }

    private static <T> T explained(String text, ValueType<T> type) {
        try {
            return type.parser().apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage() + "; allowed: " + type.allowed());
        }
    }
}
