package io.causeway.gateway.cli;

/** What the operating system tells the process. */
public interface Signals {

    /** The signals that a command can ask for. */
    enum Kind {
        /** Read the settings again. */
        HUP,
        /** Stop: from the terminal. */
        INT,
        /** Stop: from the service manager. */
        TERM
    }

    /** Replaces what happens on a signal; the action is called on a thread of its own. */
    void on(Kind kind, Runnable action);
}
