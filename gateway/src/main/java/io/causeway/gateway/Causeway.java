package io.causeway.gateway;

import io.causeway.gateway.cli.CausewayCommand;
import io.causeway.gateway.cli.Console;
import io.causeway.gateway.cli.ProcessSignals;
import io.causeway.gateway.cli.RunningGateway;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.GatewayConfig;

/** The program. */
public final class Causeway {
    private Causeway() {}

    public static void main(String[] args) {
        Console console = new Console(System.in, System.out, System.err);
        System.exit(CausewayCommand.execute(console, new ProcessSignals(), Causeway::start, args));
    }

    private static RunningGateway start(GatewayConfig config) throws StartException {
        throw new StartException("this build has no gateway for " + config.links());
    }
}
