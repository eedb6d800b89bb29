package io.causeway.gateway.cli;

import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.gateway.config.ForwarderReader;
import io.causeway.radio.framing.Framing;
import io.causeway.radio.port.LineSettings;
import io.causeway.radio.port.PortSelector;
import io.causeway.settings.Bounds;
import io.causeway.settings.HostPort;
import io.causeway.settings.Units;
import io.causeway.settings.ValueType;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes values of the texts on the command line. */
final class Converters {
    private Converters() {}

    /** The address of a gateway or a broker. */
    static final class DestinationConverter implements ITypeConverter<Destination> {
        @Override
        public Destination convert(String text) {
            return explained(text, Destination::parse);
        }
    }

    /** The address of a gateway, to forward to. */
    static final class GatewayConverter implements ITypeConverter<HostPort> {
        @Override
        public HostPort convert(String text) {
            return explained(text, ForwarderReader::gateway);
        }
    }

    /** An address to listen on. */
    static final class HostPortConverter implements ITypeConverter<HostPort> {
        @Override
        public HostPort convert(String text) {
            return explained(text, HostPort::parse);
        }
    }

    /** A port of this machine, 0 for any. */
    static final class PortConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return explained(text, HostPort::parsePort);
        }
    }

    /** A serial port of this machine. */
    static final class SerialPortConverter implements ITypeConverter<PortSelector> {
        @Override
        public PortSelector convert(String text) {
            return explained(text, PortSelector::parse);
        }
    }

    /** The rate of a serial line. */
    static final class BaudConverter implements ITypeConverter<Integer> {
        private static final ValueType<Integer> RATE =
                ValueType.integer(new Bounds<>(LineSettings.LEAST_BITS_PER_SECOND, LineSettings.MOST_BITS_PER_SECOND));

        @Override
        public Integer convert(String text) {
            return explained(text, RATE.parser());
        }
    }

    /** How messages on a serial line are told apart. */
    static final class FramingConverter implements ITypeConverter<Framing> {
        @Override
        public Framing convert(String text) {
            return explained(text, ValueType.oneOf(Framing.class).parser());
        }
    }

    /** A length of time, as in the configuration: 500ms, 10s, 15m. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return explained(text, Units::duration);
        }
    }

    /** -1, 0, 1 or 2. */
    static final class QosConverter implements ITypeConverter<Qos> {
        @Override
        public Qos convert(String text) {
            return text.equals("-1") ? Qos.MINUS_ONE : new GrantedQosConverter().convert(text);
        }
    }

    /** 0, 1 or 2. */
    static final class GrantedQosConverter implements ITypeConverter<Qos> {
        @Override
        public Qos convert(String text) {
            return switch (text) {
                case "0" -> Qos.AT_MOST_ONCE;
                case "1" -> Qos.AT_LEAST_ONCE;
                case "2" -> Qos.EXACTLY_ONCE;
                default -> throw new TypeConversionException("'" + text + "' is no QoS that is possible here");
            };
        }
    }

    /** A topic name or filter. */
    static final class NameConverter implements ITypeConverter<Topic> {
        @Override
        public Topic convert(String text) {
            return explained(text, Topic.Name::new);
        }
    }

    /** A short topic name. */
    static final class ShortNameConverter implements ITypeConverter<Topic> {
        @Override
        public Topic convert(String text) {
            return explained(text, Topic.Short::new);
        }
    }

    /** A predefined topic id. */
    static final class PredefinedConverter implements ITypeConverter<Topic> {
        @Override
        public Topic convert(String text) {
            if (!text.matches("[0-9]{1,5}")) {
                throw new TypeConversionException("'" + text + "' is no topic id, 1 to 65534");
            }
            return explained(text, id -> new Topic.Predefined(Integer.parseInt(id)));
        }
    }

    /** How many messages. */
    static final class CountConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (!text.matches("0*[1-9][0-9]{0,17}")) {
                throw new TypeConversionException("'" + text + "' is no number of messages, 1 or more");
            }
            return Long.valueOf(text);
        }
    }

    /** How deliveries are printed. */
    static final class DeliveryFormatConverter implements ITypeConverter<DeliveryFormat> {
        @Override
        public DeliveryFormat convert(String text) {
            return explained(text, DeliveryFormat::new);
        }
    }

    /** picocli shows the message of this exception alone, but of any other its class as well. */
    private static <T> T explained(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
