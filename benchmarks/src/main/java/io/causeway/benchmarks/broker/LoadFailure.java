package io.causeway.benchmarks.broker;

/** Something that was to be measured did not take place; the message says why, to whoever started the benchmark. */
final class LoadFailure extends Exception {
    LoadFailure(String message) {
        super(message);
    }

    LoadFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
