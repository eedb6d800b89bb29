package io.causeway.radio;

/** How a link is; {@code toString} says it to the operator. */
public sealed interface LinkState {
    /** Serves its peers. */
    record Up() implements LinkState {
        @Override
        public String toString() {
            return "up";
        }
    }

    /**
     * Open, but its peers are not served as they should be.
     *
     * @param cause what keeps them from it and what would help, for instance {@code the radio has not joined a network}
     */
    record Degraded(String cause) implements LinkState {
        @Override
        public String toString() {
            return cause;
        }
    }

    /**
     * Not open, but tried again.
     *
     * @param cause why, for instance {@code /dev/ttyUSB0 is not there}
     */
    record Down(String cause) implements LinkState {
        @Override
        public String toString() {
            return "down: " + cause;
        }
    }

    LinkState UP = new Up();
}
