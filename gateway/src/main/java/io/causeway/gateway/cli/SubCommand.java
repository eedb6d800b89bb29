package io.causeway.gateway.cli;

import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.gateway.cli.Converters.CountConverter;
import io.causeway.gateway.cli.Converters.DeliveryFormatConverter;
import io.causeway.gateway.cli.Converters.DurationConverter;
import io.causeway.gateway.cli.Converters.GrantedQosConverter;
import io.causeway.gateway.cli.Converters.NameConverter;
import io.causeway.gateway.cli.Converters.PredefinedConverter;
import io.causeway.gateway.cli.Converters.ShortNameConverter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code causeway sub}: prints the messages of a gateway or a broker. */
@Command(
        name = "sub",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        description = {
            "Print messages, by MQTT-SN from a gateway or by MQTT from a broker.",
            "",
            "Ends by SIGINT (Ctrl-C) or SIGTERM, after --count messages, or when --wait is over. The topic of a "
                    + "message that a gateway sends with a predefined id is shown as that id."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It was stopped, or has printed all messages it was to wait for.",
            "1:Not all came in time, it was refused, nobody answered, or the connection was lost.",
            "2:Wrong usage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway sub -v -t 'plant/#'",
            "  causeway sub -t plant/+/state -t alarms -q 1",
            "  causeway sub -t plant/pump -C 1 -W 10s           one message, or fail",
            "  causeway sub -t '#' --format '%%t %%q %%x'",
            "  causeway sub -g mqtt://broker.example -t 'plant/#'"
        })
final class SubCommand implements Callable<Integer> {
    private static final long UNLIMITED = Long.MAX_VALUE;
    private static final String NO_FAILURE = "";

    private final Console console;
    private final Signals signals;

    @Mixin
    private Connection connection = new Connection();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Topics topics = new Topics();

    @Option(
            names = {"-q", "--qos"},
            paramLabel = "QOS",
            converter = GrantedQosConverter.class,
            description = "The highest QoS to be served with: 0, 1 or 2. Default: 0")
    private Qos qos = Qos.AT_MOST_ONCE;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the topic and a space before each message.")
    private boolean verbose;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = DeliveryFormatConverter.class,
            description = {
                "What to print: %%t topic, %%p payload, %%x payload in hexadecimal, %%l its length, %%q QoS, "
                        + "%%r retained (0 or 1), %%%% a percent sign.",
                "Default: %%p"
            })
    private DeliveryFormat format = new DeliveryFormat("%p");

    @Option(
            names = {"-C", "--count"},
            paramLabel = "COUNT",
            converter = CountConverter.class,
            description = "End after so many messages.")
    private long count = UNLIMITED;

    @Option(
            names = {"-W", "--wait"},
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "End after this time, like 10s; with --count it is a failure.")
    private Duration wait = Duration.ofMillis(UNLIMITED);

    @Option(
            names = "--keep-session",
            description = "Let the gateway keep subscriptions and messages for the next time; needs --id.")
    private boolean keepSession;

    SubCommand(Console console, Signals signals) {
        this.console = console;
        this.signals = signals;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Printer printer = new Printer();
        try (Messenger messenger = connection.open(!keepSession, printer)) {
            messenger.connect();
            for (Topic topic : topics.all()) {
                messenger.subscribe(topic, qos);
            }
            // not earlier: a process that still waits for an answer is to end at once
            signals.on(Signals.Kind.INT, printer::stop);
            signals.on(Signals.Kind.TERM, printer::stop);
            printer.awaitEnd();
        }
        return CausewayCommand.DONE;
    }

    /** At least one of these options is given, each as often as wanted. */
    static final class Topics {
        @Option(
                names = {"-t", "--topic"},
                paramLabel = "FILTER",
                converter = NameConverter.class,
                description = "A topic name, or a filter with the wildcards + and #; may be repeated.")
        private List<Topic> names = List.of();

        @Option(
                names = "--short",
                paramLabel = "AB",
                converter = ShortNameConverter.class,
                description = "A topic name of two octets, which needs no id; may be repeated.")
        private List<Topic> shortNames = List.of();

        @Option(
                names = "--predefined",
                paramLabel = "ID",
                converter = PredefinedConverter.class,
                description = "A topic id that the gateway knows; may be repeated.")
        private List<Topic> predefined = List.of();

        private List<Topic> all() {
            return Stream.of(names, shortNames, predefined)
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /** Prints on the messenger's thread, so that a message is not acknowledged before it is printed. */
    private final class Printer implements Messenger.Listener {
        private final DeliveryFormat line = verbose ? new DeliveryFormat("%t " + format.pattern()) : format;
        /** With what went wrong, or {@link #NO_FAILURE}. */
        private final CompletableFuture<String> end = new CompletableFuture<>();

        private long printed;

        @Override
        public void onDelivery(Messenger.Delivery delivery) {
            if (end.isDone()) {
                return;
            }
            console.out().writeBytes(line.line(delivery));
            console.out().flush();
            if (++printed == count) {
                end.complete(NO_FAILURE);
            }
        }

        @Override
        public void onLost(String cause) {
            end.complete(cause);
        }

        private void stop() {
            end.complete(NO_FAILURE);
        }

        private void awaitEnd() throws CommandFailure, InterruptedException {
            String failure = endOrTimeout();
            if (!failure.equals(NO_FAILURE)) {
                throw new CommandFailure(failure);
            }
        }

        private String endOrTimeout() throws InterruptedException {
            try {
                return end.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return count == UNLIMITED ? NO_FAILURE : "not all messages came in time";
            } catch (ExecutionException e) {
                throw new IllegalStateException("nothing ends with an exception", e);
            }
        }
    }
}
