package io.causeway.gateway;

import io.causeway.gateway.cli.CausewayCommand;
import io.causeway.gateway.cli.Console;
import io.causeway.gateway.cli.ProcessSignals;
import io.causeway.gateway.runtime.Gateway;

/** The program. */
public final class Causeway {
    private Causeway() {}

    public static void main(String[] args) {
        Console console = new Console(System.in, System.out, System.err);
        System.exit(CausewayCommand.execute(console, new ProcessSignals(), Gateway::start, args));
    }
}
