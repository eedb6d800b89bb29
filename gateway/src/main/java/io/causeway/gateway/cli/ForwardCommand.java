package io.causeway.gateway.cli;

import io.causeway.gateway.config.AdminConfig;
import io.causeway.gateway.config.ForwardTo;
import io.causeway.gateway.config.ForwarderConfig;
import io.causeway.gateway.config.ForwarderReader;
import io.causeway.gateway.config.LinkConfig;
import io.causeway.gateway.config.LogLevel;
import io.causeway.gateway.config.UdpLink;
import io.causeway.settings.ConfigException;
import io.causeway.settings.HostPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code causeway forward}: a forwarder, until a signal ends it. */
@Command(
        name = "forward",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        optionListHeading = "%nOptions:%n",
        description = {
            "Forward devices to a gateway elsewhere (MQTT-SN 1.2, section 3) until SIGTERM or SIGINT (Ctrl-C).",
            "",
            "Each message of a device goes to the gateway in an envelope that names the device. Prints a line for each "
                    + "open endpoint, and 'ready' as soon as a gateway is known."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway forward --gateway udp://gw.example --udp 0.0.0.0:1884",
            "  causeway forward -c forward.yaml --check",
            "",
            "The log goes to standard error."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The forwarder was stopped by a signal, or the file is right.",
            "1:It could not be started, for instance because a port is taken.",
            "2:The command line or the file is wrong."
        })
final class ForwardCommand implements Callable<Integer> {
    private static final long READY_POLL_MILLIS = 50;

    private final Console console;
    private final Signals signals;
    private final ForwarderStarter starter;
    private final CountDownLatch stopped = new CountDownLatch(1);

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(names = "--check", description = "Say whether the settings are right, and open nothing.")
    private boolean check;

    /** A file, or all of it on the command line. */
    private static final class Source {
        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                description = "The settings: links, gateway and more.")
        private @Nullable Path file;

        @ArgGroup(exclusive = false)
        private @Nullable Flags flags;

        ForwarderConfig load() throws ConfigException {
            if (file != null) {
                return new ForwarderReader(System.getenv()).read(file);
            }
            return flags == null ? new Flags().config() : flags.config();
        }
    }

    /** Without an endpoint for metrics: there may be several forwarders on one machine. */
    private static final class Flags {
        @Option(
                names = "--gateway",
                required = true,
                paramLabel = "URL",
                converter = Converters.GatewayConverter.class,
                description =
                        "Where to forward to, like udp://gw.example:1883. Given again: one that stands in for it.")
        private List<HostPort> gateways = new ArrayList<>();

        @Option(
                names = "--udp",
                required = true,
                paramLabel = "HOST:PORT",
                converter = Converters.HostPortConverter.class,
                description = "Take devices by UDP on this address, like 0.0.0.0:1884. May be given again.")
        private List<HostPort> udp = new ArrayList<>();

        @Option(
                names = "--gateway-port",
                paramLabel = "PORT",
                converter = Converters.PortConverter.class,
                defaultValue = "" + ForwarderConfig.USUAL_GATEWAY_PORT,
                description =
                        "UDP port that the gateway sees as sender; 0: any, and then a restarted forwarder is another "
                                + "one to the gateway. Default: ${DEFAULT-VALUE}.")
        private int gatewayPort;

        ForwarderConfig config() {
            List<LinkConfig> links = new ArrayList<>();
            udp.forEach(bind -> links.add(UdpLink.on(bind)));
            return new ForwarderConfig(
                    links, new ForwardTo.Listed(gateways), gatewayPort, new AdminConfig.Disabled(), LogLevel.INFO);
        }
    }

    ForwardCommand(Console console, Signals signals, ForwarderStarter starter) {
        this.console = console;
        this.signals = signals;
        this.starter = starter;
    }

    @Override
    public Integer call() throws ConfigException, StartException, InterruptedException {
        ForwarderConfig config = source.load();
        if (check) {
            console.out().println("right");
            return CausewayCommand.DONE;
        }
        ProcessLog.useLevel(config.logLevel());
        signals.on(Signals.Kind.INT, stopped::countDown);
        signals.on(Signals.Kind.TERM, stopped::countDown);
        try (RunningForwarder forwarder = starter.start(config)) {
            forwarder.endpoints().forEach(console.out()::println);
            while (!forwarder.ready()) {
                if (stopped.await(READY_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return CausewayCommand.DONE;
                }
            }
            console.out().println("ready");
            stopped.await();
        }
        return CausewayCommand.DONE;
    }
}
