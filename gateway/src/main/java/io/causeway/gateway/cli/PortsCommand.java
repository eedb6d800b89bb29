package io.causeway.gateway.cli;

import io.causeway.radio.port.PortSelector;
import io.causeway.radio.port.SerialPortInfo;
import io.causeway.radio.port.SerialPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code causeway ports}: lists the serial ports of this machine. */
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
                    + "which stays the same wherever the device is plugged in; or usb:VENDOR:PRODUCT:SERIAL. No port is "
                    + "opened, so nothing that uses one is disturbed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Done.", "1:A port that was named is not there, or ports cannot be listed.", "2:Wrong usage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway ports                   all of them",
            "  causeway ports /dev/ttyUSB0      can it be opened, and if not, why?",
            "  causeway ports usb:0403:6001     where is it?"
        })
final class PortsCommand implements Callable<Integer> {
    private final Console console;

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
            shown.forEach(port -> print(port, ports));
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
        console.out().println("  " + ports.obstacle(port.path()).orElse("can be opened"));
    }
}
