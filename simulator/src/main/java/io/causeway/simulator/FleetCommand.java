package io.causeway.simulator;

import io.causeway.settings.ConfigException;
import io.causeway.simulator.network.UdpSockets;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code causeway simulate fleet}: lets a fleet of sensors loose on a gateway, and judges it. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        sortOptions = false,
        description = {
            "Simulate a fleet of MQTT-SN sensors, and tell whether the gateway keeps its promises.",
            "",
            "What the fleet does is in a scenario: a file of yours (start from --template), one that is shipped "
                    + "(--list), or, without either, the options at the end. With --verify, every message is looked for "
                    + "at the broker behind the gateway."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Every promise was kept, or, without --verify, nobody looked.",
            "1:Promises were broken.",
            "2:The command line or the scenario is wrong.",
            "3:The run could not take place, or was aborted: no gateway, no broker, too few sockets, a fault of the "
                    + "simulator."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway simulate fleet --gateway udp://127.0.0.1:1883 --verify mqtt://127.0.0.1:1883 --clients 1000",
            "  causeway simulate fleet --scenario smart-meters --hurry 60 --scale 0.1 --gateway udp://127.0.0.1:1883",
            "  causeway simulate fleet mine.yaml --gateway udp://gw:1883 --verify mqtt://gw:1883 --report mine.html",
            "",
            "Ctrl-C ends a run in order, with a report; twice, at once."
        })
public final class FleetCommand implements Callable<Integer> {
    private final Consumer<Runnable> interrupts;

    /** @param interrupts takes what is to be done whenever the user wants the command to end, on any thread */
    public FleetCommand(Consumer<Runnable> interrupts) {
        this.interrupts = interrupts;
    }

    @Option(names = "--gateway", paramLabel = "URI", description = "The gateway, udp://HOST[:PORT].")
    private @Nullable URI gateway;

    @Mixin
    private FleetTrial trial = new FleetTrial();

    @ArgGroup(exclusive = false, heading = "%nWithout a scenario:%n")
    private @Nullable SimpleFleet simple;

    @Override
    public Integer call() throws ConfigException {
        return trial.call(interrupts, scenario -> target(), simple, new SimpleFleet());
    }

    private FleetTrial.Target target() {
        if (gateway == null) {
            throw new IllegalArgumentException("Missing required option: '--gateway=URI'");
        }
        InetSocketAddress address = Endpoints.address(gateway, "udp", Endpoints.MQTT_SN_PORT);
        return new FleetTrial.Target(gateway.toString(), UdpSockets.towards(address), true);
    }
}
