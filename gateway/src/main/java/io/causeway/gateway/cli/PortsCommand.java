package io.causeway.gateway.cli;

import io.causeway.radio.port.LineSettings;
import io.causeway.radio.port.LineSettings.FlowControl;
import io.causeway.radio.port.PortSelector;
import io.causeway.radio.port.SerialPortInfo;
import io.causeway.radio.port.SerialPorts;
import io.causeway.radio.xbee.RadioProbe;
import io.causeway.radio.xbee.XBeeSettings;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code causeway ports}: lists the serial ports of this machine, and asks what is there. */
@Command(
        name = "ports",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        description = {
            "List the serial ports of this machine, and say whether each can be opened.",
            "",
            "The names that are printed go into the key 'port' of a link: that of the device; a name below /dev/serial, "
                    + "which stays the same when the device is plugged in again; or usb:VENDOR:PRODUCT:SERIAL. Without "
                    + "--probe nothing is opened, because that alone resets some devices."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Done.", "1:A port that was named is not there, or ports cannot be listed.", "2:Wrong usage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway ports                            all of them",
            "  causeway ports usb:0403:6001              where is it, and can it be opened?",
            "  causeway ports --probe /dev/ttyUSB0       what radio is there, and at which rate?"
        })
final class PortsCommand implements Callable<Integer> {
    private static final int FIRST_BITS_PER_SECOND = 115_200;

    /** A search through all rates takes half a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Console console;

    @Option(
            names = "--probe",
            description =
                    "Ask what XBee radio is there, at the usual rates. Sends to whatever is at the port; one that is "
                            + "in use is left alone.")
    private boolean isProbing;

    @Parameters(
            paramLabel = "PORT",
            arity = "0..*",
            description = "Ports to look at, also such as are not listed: a path, or usb:VENDOR:PRODUCT[:SERIAL].")
    private List<String> names = new ArrayList<>();

    PortsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure {
        try {
            SerialPorts ports = SerialPorts.load(
                    List.of(Path.of(System.getProperty("java.io.tmpdir")), Path.of(System.getProperty("user.home"))));
            List<SerialPortInfo> shown = names.isEmpty() ? ports.list() : named(ports);
            if (shown.isEmpty()) {
                console.out().println("no serial port is there");
            }
            for (SerialPortInfo port : shown) {
                print(port, ports);
            }
            return CausewayCommand.DONE;
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private List<SerialPortInfo> named(SerialPorts ports) throws IOException {
        List<SerialPortInfo> found = new ArrayList<>();
        for (String name : names) {
            found.add(ports.find(PortSelector.parse(name)));
        }
        return found;
    }

    private void print(SerialPortInfo port, SerialPorts ports) {
        console.out().println(port);
        port.aliases().forEach(alias -> console.out().println("  " + alias));
        Optional<String> obstacle = ports.obstacle(port.path());
        console.out().println("  " + obstacle.orElse("can be opened"));
        if (isProbing && obstacle.isEmpty()) {
            console.out().println("  " + probe(port, ports));
        }
    }

    private static String probe(SerialPortInfo port, SerialPorts ports) {
        LineSettings line = new LineSettings(
                new PortSelector.AtPath(port.path().toString()), FIRST_BITS_PER_SECOND, FlowControl.NONE);
        EventExecutor loop = new DefaultEventExecutor();
        try {
            return RadioProbe.ask(ports.line(line, loop), XBeeSettings.at(line), loop, PATIENCE);
        } finally {
            Future<?> unused = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }
}
