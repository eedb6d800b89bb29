package io.causeway.session;

/** Text of strangers as it may stand in a log line: nobody writes a line of his own with a client id. */
public final class Printable {
    private Printable() {}

    /** The text, with control characters as escapes of Java. */
    public static String of(String text) {
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
