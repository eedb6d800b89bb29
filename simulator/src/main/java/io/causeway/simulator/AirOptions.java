package io.causeway.simulator;

import io.causeway.simulator.radio.AirConditions;
import io.causeway.simulator.radio.Family;
import io.causeway.simulator.radio.XBeeConditions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** An XBee network from the command line. */
final class AirOptions {
    @Option(
            names = "--family",
            paramLabel = "WORD",
            converter = FamilyConverter.class,
            description = "The firmware of the radios: zigbee, digimesh, or 802.15.4 (an S1); zigbee.")
    private Family family = Family.ZIGBEE;

    @Option(
            names = "--api-mode",
            paramLabel = "0|1|2",
            description = "That the gateway's radio is in; 0 is transparent, which no gateway can use. 2.")
    private int apiMode = 2;

    @Option(names = "--wrong-baud", description = "The radio has another rate than the gateway: both hear nonsense.")
    private boolean isAtAnotherRate;

    @Option(
            names = "--max-payload",
            paramLabel = "OCTETS",
            description = "What the radio says that it carries (NP); 255, 73 or 100, by its family.")
    private @Nullable Integer largestPayloadOctets;

    @Option(names = "--air-rate", paramLabel = "N", description = "Of all nodes together, in bits per second; 30000.")
    private int airRate = 30_000;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            converter = ScenarioConverters.TimeOrNone.class,
            description = "That a message takes besides, on average; 10ms.")
    private Duration latency = Duration.ofMillis(10);

    @Option(
            names = "--loss",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of messages in each direction, like 5%%; 0%%.")
    private double loss;

    @Option(
            names = "--duplicates",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of messages of nodes.")
    private double duplicates;

    @Option(
            names = "--status-failures",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of messages to nodes that fail for a reason drawn by lot.")
    private double statusFailures;

    @Option(
            names = "--status-loss",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of messages to nodes whose fate the gateway is never told.")
    private double statusLoss;

    @Option(
            names = "--buffers",
            paramLabel = "N",
            description = "Messages to nodes that the radio has room for at once; 4.")
    private int buffers = 4;

    @Option(
            names = "--poll",
            paramLabel = "TIME",
            converter = ScenarioConverters.Time.class,
            description = "The radios of the nodes sleep, and ask for their messages so often.")
    private Duration poll = Duration.ZERO;

    @Option(
            names = "--rejoin",
            paramLabel = "TIME",
            converter = ScenarioConverters.Time.class,
            description = "So long, on average, until a node has another 16-bit address.")
    private Duration rejoin = Duration.ZERO;

    @Option(
            names = "--reset",
            paramLabel = "TIME",
            converter = ScenarioConverters.Time.class,
            description = "So long, on average, until the gateway's radio starts again.")
    private Duration reset = Duration.ZERO;

    /** @throws IllegalArgumentException if there is no such network */
    XBeeConditions conditions() {
        return new XBeeConditions(
                family,
                apiMode,
                largestPayloadOctets == null ? family.largestPayloadOctets() : largestPayloadOctets,
                new AirConditions(airRate, latency, loss, duplicates),
                buffers,
                statusFailures,
                statusLoss,
                poll,
                rejoin,
                reset,
                isAtAnotherRate);
    }

    /** One of them begins with a digit. */
    static final class FamilyConverter implements ITypeConverter<Family> {
        private static final Map<String, Family> FAMILIES =
                Map.of("zigbee", Family.ZIGBEE, "digimesh", Family.DIGIMESH, "802.15.4", Family.IEEE_802_15_4);

        @Override
        public Family convert(String text) {
            Family family = FAMILIES.get(text);
            if (family == null) {
                throw new TypeConversionException("'" + text + "' is none; allowed: zigbee, digimesh, 802.15.4");
            }
            return family;
        }
    }
}
