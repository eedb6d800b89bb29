package io.causeway.broker.differential;

import io.causeway.broker.session.BrokerSettings;
import java.nio.file.Path;
import java.util.List;

/** Mosquitto and Causeway, to see what each does in one situation. */
final class BothBrokers implements AutoCloseable {
    private final Mosquitto mosquitto;
    private final CausewayBroker causeway;
    private final Player onMosquitto;
    private final Player onCauseway;

    private BothBrokers(Mosquitto mosquitto, CausewayBroker causeway) {
        this.mosquitto = mosquitto;
        this.causeway = causeway;
        this.onMosquitto = new Player(mosquitto.port(), Reading.EXACT);
        this.onCauseway = new Player(causeway.port(), Reading.EXACT);
    }

    /** @param directory for files; the test's own */
    static BothBrokers start(Path directory) {
        Mosquitto mosquitto = Mosquitto.start(directory);
        return new BothBrokers(mosquitto, new CausewayBroker(BrokerSettings.DEFAULTS));
    }

    /** What its clients see in the last step. */
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

    @Override
    public void close() {
        onMosquitto.close();
        onCauseway.close();
        causeway.close();
        mosquitto.close();
    }
}
