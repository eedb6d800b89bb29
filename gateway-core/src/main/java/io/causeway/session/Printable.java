package io.causeway.session;

/** Text of strangers as it may stand in a log line: nobody writes a line of his own with a client id, nor fills the log. */
public final class Printable {
    private static final int MOST_CHARACTERS = 512;

    private Printable() {}

    /** The text, with control characters as escapes of Java; of a long one the beginning and its length. */
    public static String of(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return escaped(text);
        }
        return escaped(text.substring(0, MOST_CHARACTERS)) + "... (" + text.length() + " characters)";
    }

    private static String escaped(String text) {
        if (text.chars().noneMatch(Printable::endsOrHidesALine)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 10);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (endsOrHidesALine(c)) {
                printable.append("\\u%04x".formatted((int) c));
            } else {
                printable.append(c);
            }
        }
        return printable.toString();
    }

    private static boolean endsOrHidesALine(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
