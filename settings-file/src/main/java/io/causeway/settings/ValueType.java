package io.causeway.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the text of one YAML scalar becomes a value.
 *
 * @param allowed what may stand there, in words for the user
 * @param parser throws IllegalArgumentException with the reason, in words for the user, if it is something else
 */
public record ValueType<T>(String allowed, Function<String, T> parser) {

    private static final double PERCENT = 100;
    private static final String SPAN = "..";

    public static final ValueType<String> TEXT = new ValueType<>("text", ValueType::requireText);
    public static final ValueType<Boolean> FLAG = new ValueType<>("true, false", ValueType::flag);
    public static final ValueType<HostPort> HOST_PORT =
            new ValueType<>("host:port or [IPv6 address]:port", HostPort::parse);

    public static ValueType<Integer> integer(Bounds<Integer> bounds) {
        return new ValueType<>(bounds.least() + " to " + bounds.most(), text -> {
            if (!text.matches("-?[0-9]{1,9}")) {
                throw new IllegalArgumentException("'" + text + "' is no whole number");
            }
            return within(bounds, Integer.valueOf(text), text);
        });
    }

    public static ValueType<Double> decimal(Bounds<Double> bounds) {
        return new ValueType<>(bounds.least() + " to " + bounds.most(), text -> {
            if (!text.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")) {
                throw new IllegalArgumentException("'" + text + "' is no number");
            }
            return within(bounds, Double.valueOf(text), text);
        });
    }

    public static ValueType<Duration> duration(Bounds<Duration> bounds) {
        return new ValueType<>(
                Units.format(bounds.least()) + " to " + Units.format(bounds.most()),
                text -> within(bounds, Units.duration(text), text));
    }

    public static ValueType<Long> octets(Bounds<Long> bounds) {
        return new ValueType<>(
                Units.format(bounds.least()) + " to " + Units.format(bounds.most()),
                text -> within(bounds, Units.octets(text), text));
    }

    /** The value is in bits per second. */
    public static ValueType<Long> bitRate(Bounds<Long> bounds) {
        return new ValueType<>(
                Units.formatBitRate(bounds.least()) + " to " + Units.formatBitRate(bounds.most()),
                text -> within(bounds, Units.bitsPerSecond(text), text));
    }

    /** A share, written {@code 5%} or {@code 0.5 %}; the value is 0.05 or 0.005. */
    public static ValueType<Double> percent(Bounds<Integer> bounds) {
        ValueType<Double> number =
                decimal(new Bounds<>(bounds.least().doubleValue(), bounds.most().doubleValue()));
        return new ValueType<>(bounds.least() + "% to " + bounds.most() + "%", text -> {
            if (!text.endsWith("%")) {
                throw new IllegalArgumentException("'" + text + "' is no share, like 5%");
            }
            return number.parser.apply(text.substring(0, text.length() - 1).strip()) / PERCENT;
        });
    }

    /** A number per second, written {@code 100/s}. */
    public static ValueType<Integer> rate(Bounds<Integer> bounds) {
        ValueType<Integer> number = integer(bounds);
        return new ValueType<>(bounds.least() + "/s to " + bounds.most() + "/s", text -> {
            if (!text.endsWith("/s")) {
                throw new IllegalArgumentException("'" + text + "' is no rate, like 100/s");
            }
            return number.parser.apply(text.substring(0, text.length() - "/s".length()));
        });
    }

    public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        String words =
                Arrays.stream(type.getEnumConstants()).map(ValueType::word).collect(Collectors.joining(", "));
        return new ValueType<>(
                words,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> word(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not known")));
    }

    /** The same, or a word that stands for a value of its own. */
    public ValueType<T> or(String word, T value) {
        return new ValueType<>(allowed + ", " + word, text -> text.equals(word) ? value : parser.apply(text));
    }

    /**
     * One value, or two with {@code ..} between them.
     *
     * @param maker of both; throws IllegalArgumentException with the reason, if they are the wrong way round
     */
    public <R> ValueType<R> span(BiFunction<? super T, ? super T, R> maker) {
        return new ValueType<>(allowed + ", or two of them with .. between", text -> {
            int dots = text.indexOf(SPAN);
            T least = parser.apply(dots < 0 ? text : text.substring(0, dots).strip());
            T most = dots < 0
                    ? least
                    : parser.apply(text.substring(dots + SPAN.length()).strip());
            return maker.apply(least, most);
        });
    }

    /** The same, but a word that is promised for later is refused as such. */
    public ValueType<T> notYet(String... words) {
        return new ValueType<>(allowed, text -> {
            if (Arrays.asList(words).contains(text)) {
                throw new IllegalArgumentException("'" + text + "' is not there yet in this version");
            }
            return parser.apply(text);
        });
    }

    /** The same, made into another type or refused by it. */
    public <R> ValueType<R> as(Function<? super T, R> next) {
        return new ValueType<>(allowed, text -> next.apply(parser.apply(text)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static String requireText(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the text is empty");
        }
        return text;
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private static <T extends Comparable<? super T>> T within(Bounds<T> bounds, T value, String text) {
        if (!bounds.contain(value)) {
            throw new IllegalArgumentException("'" + text + "' is out of range");
        }
        return value;
    }
}
