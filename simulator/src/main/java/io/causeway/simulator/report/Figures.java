package io.causeway.simulator.report;

import java.time.Duration;
import java.util.Locale;

/** How figures are written for people. */
final class Figures {
    static final String NONE = "-";

    private static final double MICROS_PER_MILLI = 1_000;
    private static final double MICROS_PER_SECOND = 1_000_000;
    private static final long MILLION = 1_000_000;

    private Figures() {}

    /** {@code 1,234,567}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** As {@link #count} below a million, above it in millions, cut off and not rounded: {@code 5.99M}. */
    static String briefCount(long count) {
        if (count < MILLION) {
            return count(count);
        }
        long hundredths = count / (MILLION / 100);
        return String.format(Locale.ROOT, "%,d.%02dM", hundredths / 100, hundredths % 100);
    }

    /** {@code 1 message}, {@code 2 messages}. */
    static String counted(long count, String noun) {
        return count(count) + " " + (count == 1 ? noun : noun + "s");
    }

    /** Three digits or so, in a unit that suits: {@code 85 us}, {@code 1.25 ms}, {@code 31.4 s}, {@code 15 min}. */
    static String latency(long micros) {
        if (micros < MICROS_PER_MILLI) {
            return micros + " us";
        }
        if (micros < MICROS_PER_SECOND) {
            return threeDigits(micros / MICROS_PER_MILLI) + " ms";
        }
        double seconds = micros / MICROS_PER_SECOND;
        return seconds < 1_000 ? threeDigits(seconds) + " s" : String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }

    /** {@code 1 h 30 min}, {@code 2.5 s}, {@code 20 ms}; nothing is rounded to nothing. */
    static String time(Duration time) {
        if (time.isZero()) {
            return "0 s";
        }
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return latency(Math.max(1, time.toNanos() / 1_000));
        }
        StringBuilder text = new StringBuilder();
        append(text, time.toHours(), "h");
        append(text, time.toMinutesPart(), "min");
        append(text, time.toSecondsPart(), "s");
        return text.toString().trim();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(' ').append(unit).append(' ');
        }
    }

    /** {@code 2:05}, or {@code 1:02:05}. */
    static String clock(Duration time) {
        return time.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    /** {@code 5 %}, {@code 0.25 %}. */
    static String share(double share) {
        return trimmed(share * 100, 3) + " %";
    }

    /** {@code ramp-up} of {@code RAMP_UP}. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String threeDigits(double value) {
        return trimmed(value, value < 10 ? 2 : value < 100 ? 1 : 0);
    }

    /** Without zeros at the end of a fraction. */
    private static String trimmed(double value, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
