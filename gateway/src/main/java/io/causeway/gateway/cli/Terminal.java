package io.causeway.gateway.cli;

import java.util.Optional;

/** Somebody at a keyboard, who can be asked for what must not be seen. */
@FunctionalInterface
public interface Terminal {
    /** Asks for a secret and does not show what is typed; empty if nobody is there or nobody answers. */
    Optional<String> askSecret(String question);

    /** The one that this process was started at. */
    static Terminal ofProcess() {
        return question -> Optional.ofNullable(System.console())
                .map(console -> console.readPassword("%s", question))
                .map(String::new);
    }
}
