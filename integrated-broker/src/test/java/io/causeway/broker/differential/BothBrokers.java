package io.causeway.broker.differential;

import io.causeway.broker.session.BrokerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Mosquitto and Causeway, to see what each does with a script. */
final class BothBrokers implements AutoCloseable {
    private final Mosquitto mosquitto;
    private final CausewayBroker causeway;
    private final Player onMosquitto;
    private final Player onCauseway;

    private BothBrokers(
            Mosquitto mosquitto, CausewayBroker causeway, Reading readingOfMosquitto, Reading readingOfCauseway) {
        this.mosquitto = mosquitto;
        this.causeway = causeway;
        this.onMosquitto = new Player(mosquitto.port(), readingOfMosquitto);
        this.onCauseway = new Player(causeway.port(), readingOfCauseway);
    }

    /**
     * To see all that each of them does.
     *
     * @param directory for files; the test's own
     */
    static BothBrokers exactly(Path directory) {
        Mosquitto mosquitto = Mosquitto.start(directory);
        return new BothBrokers(mosquitto, new CausewayBroker(BrokerSettings.DEFAULTS), Reading.EXACT, Reading.EXACT);
    }

    /** To see whether they do the same, within the limits of mosquitto. */
    static BothBrokers compared(Path directory) {
        Mosquitto mosquitto = Mosquitto.start(directory);
        BrokerSettings likeMosquitto = CausewayBroker.settings(BrokerSettings.DEFAULTS.queue(), Mosquitto.WINDOW);
        return new BothBrokers(
                mosquitto, new CausewayBroker(likeMosquitto), Reading.TOLERANT_OF_COPIES, Reading.TOLERANT);
    }

    /** What the clients of mosquitto see in the last step. */
    List<String> onMosquitto(Script script) {
        return last(onMosquitto.play(script));
    }

    List<String> onCauseway(Script script) {
        return last(onCauseway.play(script));
    }

    private static List<String> last(Transcript transcript) {
        List<Moment> moments = transcript.moments();
        return moments.get(moments.size() - 1).lines();
    }

    Optional<Difference> difference(Script script) {
        return Difference.between(onMosquitto, onCauseway, script);
    }

    Optional<Difference> smallestDifference(Script script) {
        return difference(script).map(each -> each.shrunk(onMosquitto, onCauseway));
    }

    @Override
    public void close() {
        onMosquitto.close();
        onCauseway.close();
        causeway.close();
        mosquitto.close();
    }
}
