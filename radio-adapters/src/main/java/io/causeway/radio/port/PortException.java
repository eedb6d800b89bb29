package io.causeway.radio.port;

/** A port cannot be opened. The message is a sentence for the operator: what is wrong with which port, and what would help. */
final class PortException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean absence;

    private PortException(String message, boolean absence) {
        super(message);
        this.absence = absence;
    }

    static PortException refused(String message) {
        return new PortException(message, false);
    }

    static PortException absent(String message) {
        return new PortException(message, true);
    }

    /** Whether there is no such port, which is no news about one that has been pulled. */
    boolean isAbsence() {
        return absence;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
