package io.causeway.radio.framing;

/** Why octets that were received did not become a message. */
public enum FrameFault {
    /** What follows cannot be a message of this line: its length, its type, or both. */
    NO_MESSAGE("what cannot be a message"),
    /** The line fell silent in the middle of a message. */
    INCOMPLETE("messages cut off"),
    /** A frame without its end in the room of the longest packet. */
    OVERSIZED("frames longer than the longest packet"),
    /** An escape octet with something behind it that is never escaped. */
    ESCAPE("frames with a wrong escape"),
    /** The checksum is not that of the frame. */
    CHECKSUM("frames with a wrong checksum"),
    /** A message that only this end sends: something at the other end returns what it gets. */
    ECHO("messages of our own that came back");

    private final String description;

    FrameFault(String description) {
        this.description = description;
    }

    /** What is counted by it, in words that go behind a number. */
    public String description() {
        return description;
    }
}
