package io.causeway.gateway.cli;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.gateway.cli.Converters.NameConverter;
import io.causeway.gateway.cli.Converters.PredefinedConverter;
import io.causeway.gateway.cli.Converters.QosConverter;
import io.causeway.gateway.cli.Converters.ShortNameConverter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code causeway pub}: publishes messages to a gateway or a broker. */
@Command(
        name = "pub",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        description = {
            "Publish a message, by MQTT-SN to a gateway or by MQTT to a broker.",
            "",
            "Ends when the message is acknowledged as its QoS asks."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Every message was accepted.", "1:One was not, or nobody answered.", "2:Wrong usage."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway pub -t plant/pump -m on -q 1",
            "  causeway pub --short ab -m 21.5 -q -1           without a connection",
            "  causeway pub --predefined 7 -f reading.bin -r",
            "  tail -f log | causeway pub -t log -l            a message for each line",
            "  causeway pub -g mqtt://broker.example -t plant/pump -m on"
        })
final class PubCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private Connection connection = new Connection();

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @ArgGroup(multiplicity = "1")
    private Content content = new Content();

    @Option(
            names = {"-q", "--qos"},
            paramLabel = "QOS",
            converter = QosConverter.class,
            description = "-1, 0, 1 or 2; -1 only to a gateway, with --short or --predefined. Default: 0")
    private Qos qos = Qos.AT_MOST_ONCE;

    @Option(
            names = {"-r", "--retain"},
            description = "Keep the message for later subscribers.")
    private boolean retain;

    PubCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException, IOException {
        try (Messenger messenger = connection.open(true, Messenger.Listener.NONE)) {
            if (qos != Qos.MINUS_ONE) {
                messenger.connect();
            }
            content.publishTo(payload -> messenger.publish(target.topic, payload, qos, retain), console);
        }
        return CausewayCommand.DONE;
    }

    /** Exactly one of these options is given. */
    static final class Target {
        private Topic topic = new Topic.Predefined(0);

        @Option(
                names = {"-t", "--topic"},
                paramLabel = "NAME",
                converter = NameConverter.class,
                description = "The topic name.")
        void name(Topic name) {
            topic = name;
        }

        @Option(
                names = "--short",
                paramLabel = "AB",
                converter = ShortNameConverter.class,
                description = "A topic name of two octets, which needs no id.")
        void shortName(Topic name) {
            topic = name;
        }

        @Option(
                names = "--predefined",
                paramLabel = "ID",
                converter = PredefinedConverter.class,
                description = "A topic id that the gateway knows.")
        void predefined(Topic id) {
            topic = id;
        }
    }

    /** Takes each payload. */
    @FunctionalInterface
    private interface Outlet {
        void publish(Octets payload) throws CommandFailure, InterruptedException;
    }

    /** Exactly one of these options is given. */
    static final class Content {
        @Option(
                names = {"-m", "--message"},
                paramLabel = "TEXT",
                description = "The payload, as UTF-8; may be empty.")
        private String message = "";

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "A file whose content is the payload; '-' for standard input.")
        private String file = "";

        @Option(
                names = {"-l", "--lines"},
                description = "Each line of standard input is a message.")
        private boolean lines;

        private void publishTo(Outlet outlet, Console console)
                throws CommandFailure, InterruptedException, IOException {
            if (lines) {
                publishLines(outlet, console);
            } else if (file.isEmpty()) {
                outlet.publish(Octets.utf8(message));
            } else {
                outlet.publish(contentOf(file, console));
            }
        }

        private static Octets contentOf(String file, Console console) throws CommandFailure {
            try {
                return Octets.of(file.equals("-") ? console.in().readAllBytes() : Files.readAllBytes(Path.of(file)));
            } catch (IOException e) {
                throw new CommandFailure("cannot read " + file + ": " + e.getMessage());
            }
        }

        private static void publishLines(Outlet outlet, Console console)
                throws CommandFailure, InterruptedException, IOException {
            BufferedReader lines = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                outlet.publish(Octets.utf8(line));
            }
        }
    }
}
