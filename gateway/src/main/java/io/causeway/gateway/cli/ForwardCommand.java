package io.causeway.gateway.cli;

import io.causeway.gateway.config.AdminConfig;
import io.causeway.gateway.config.ForwardTo;
import io.causeway.gateway.config.ForwarderConfig;
import io.causeway.gateway.config.ForwarderReader;
import io.causeway.gateway.config.LinkConfig;
import io.causeway.gateway.config.LogLevel;
import io.causeway.gateway.config.SerialLink;
import io.causeway.gateway.config.UdpLink;
import io.causeway.gateway.config.XBeeLink;
import io.causeway.radio.framing.Framing;
import io.causeway.radio.port.PortSelector;
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
            "  causeway forward --gateway udp://gw.example --xbee /dev/ttyUSB0",
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

        @ArgGroup(exclusive = false, multiplicity = "1")
        private Ways ways = new Ways();

        @Option(
                names = "--framing",
                paramLabel = "WORD",
                converter = Converters.FramingConverter.class,
                description = "Of serial lines: raw, slip, slip-crc. Default: raw.")
        private Framing framing = Framing.RAW;

        @Option(
                names = "--baud",
                paramLabel = "N",
                converter = Converters.BaudConverter.class,
                description = "Of the serial lines and radios, in bits per second. Default: 115200 for lines; for a "
                        + "radio it is found out.")
        private @Nullable Integer baud;

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
            return new ForwarderConfig(
                    ways.links(baud, framing),
                    new ForwardTo.Listed(gateways),
                    gatewayPort,
                    new AdminConfig.Disabled(),
                    LogLevel.INFO);
        }
    }

    /** How devices get here; the gateway knows them by the order: UDP, radios, lines. */
    private static final class Ways {
        @Option(
                names = "--udp",
                paramLabel = "HOST:PORT",
                converter = Converters.HostPortConverter.class,
                description = "Take devices by UDP on this address, like 0.0.0.0:1884. May be given again.")
        private List<HostPort> udp = new ArrayList<>();

        @Option(
                names = "--xbee",
                paramLabel = "PORT",
                converter = Converters.SerialPortConverter.class,
                description = "Take devices by the XBee radio at this port, like /dev/ttyUSB0 or usb:0403:6001. May be "
                        + "given again.")
        private List<PortSelector> xbee = new ArrayList<>();

        @Option(
                names = "--serial",
                paramLabel = "PORT",
                converter = Converters.SerialPortConverter.class,
                description = "Take devices by the serial line at this port. May be given again.")
        private List<PortSelector> serial = new ArrayList<>();

        List<LinkConfig> links(@Nullable Integer baud, Framing framing) {
            List<LinkConfig> links = new ArrayList<>();
            udp.forEach(bind -> links.add(UdpLink.on(bind)));
            xbee.forEach(port -> links.add(XBeeLink.at(port, baud)));
            serial.forEach(port -> links.add(SerialLink.at(port, baud, framing)));
            return links;
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
