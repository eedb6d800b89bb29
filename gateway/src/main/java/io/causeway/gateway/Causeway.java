package io.causeway.gateway;

import io.causeway.gateway.cli.CausewayCommand;
import io.causeway.gateway.cli.Console;
import io.causeway.gateway.cli.ProcessSignals;
import io.causeway.gateway.cli.Terminal;
import io.causeway.gateway.runtime.ForwarderService;
import io.causeway.gateway.runtime.Gateway;
import java.util.logging.LogManager;

/** The program. */
public final class Causeway {
    private Causeway() {}

    public static void main(String[] args) {
        // Paho has a log of its own, in another format; what it has to say, our log says too.
        LogManager.getLogManager().reset();
        Console console = new Console(System.in, System.out, System.err, Terminal.ofProcess());
        System.exit(
                CausewayCommand.execute(console, new ProcessSignals(), Gateway::start, ForwarderService::start, args));
    }
}
