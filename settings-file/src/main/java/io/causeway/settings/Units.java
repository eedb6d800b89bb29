package io.causeway.settings;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lengths of time, sizes and bit rates as they are written in settings: {@code 15m}, {@code 4MiB}, {@code 250kbit/s}. */
public final class Units {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]+)([A-Za-z/]*)");
    /** So many digits of the largest unit fit a long. */
    private static final int MOST_DIGITS = 9;

    /** Largest first; the size of a time is in milliseconds. */
    private static final List<Unit> TIMES = List.of(
            new Unit("d", 86_400_000),
            new Unit("h", 3_600_000),
            new Unit("m", 60_000),
            new Unit("s", 1_000),
            new Unit("ms", 1));

    /** Largest first; the unit without a word is the octet. */
    private static final List<Unit> SIZES =
            List.of(new Unit("GiB", 1L << 30), new Unit("MiB", 1L << 20), new Unit("KiB", 1L << 10), new Unit("", 1));

    /** Largest first. */
    private static final List<Unit> BIT_RATES =
            List.of(new Unit("Mbit/s", 1_000_000), new Unit("kbit/s", 1_000), new Unit("bit/s", 1));

    private record Unit(String word, long size) {}

    private Units() {}

    /** @throws IllegalArgumentException with the reason, if the text is not a whole number and a unit */
    public static Duration duration(String text) {
        return Duration.ofMillis(parse(text, TIMES, "length of time"));
    }

    /** @throws IllegalArgumentException with the reason, if the text is not a whole number with or without a unit */
    public static long octets(String text) {
        return parse(text, SIZES, "size");
    }

    /** @throws IllegalArgumentException with the reason, if the text is not a whole number and a unit */
    public static long bitsPerSecond(String text) {
        return parse(text, BIT_RATES, "bit rate");
    }

    /** In the largest unit that gives a whole number. */
    public static String format(Duration duration) {
        return format(duration.toMillis(), TIMES);
    }

    /** In the largest unit that gives a whole number. */
    public static String format(long octets) {
        return format(octets, SIZES);
    }

    /** In the largest unit that gives a whole number. */
    static String formatBitRate(long bitsPerSecond) {
        return format(bitsPerSecond, BIT_RATES);
    }

    private static long parse(String text, List<Unit> units, String what) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no " + what);
        }
        if (matcher.group(1).length() > MOST_DIGITS) {
            throw new IllegalArgumentException("'" + text + "' has too many digits");
        }
        String word = matcher.group(2);
        for (Unit unit : units) {
            if (unit.word().equals(word)) {
                return Long.parseLong(matcher.group(1)) * unit.size();
            }
        }
        String words =
                units.stream().map(Unit::word).filter(known -> !known.isEmpty()).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "'" + text + "' has " + (word.isEmpty() ? "no unit" : "an unknown unit") + " (known: " + words + ")");
    }

    private static String format(long value, List<Unit> units) {
        for (Unit unit : units) {
            if (value >= unit.size() && value % unit.size() == 0) {
                return value / unit.size() + unit.word();
            }
        }
        return value + units.get(units.size() - 1).word();
    }
}
