package io.causeway.simulator.fleet;

import io.causeway.simulator.network.Outages;
import io.causeway.simulator.report.SensorState;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** All sensors of a scenario. Owned by the thread of the run. */
final class Fleet {
    /** More that begin something at once would overflow the receive buffer of the gateway. */
    private static final int MOST_AT_ONCE = 64;

    private final List<Crew> crews = new ArrayList<>();

    /** The groups evenly mixed. */
    private final List<Sensor> sensors;

    private Consumer<Sensor> order = sensor -> {};
    private int told;

    /** @throws IOException if there are not that many sockets */
    Fleet(World world, Scenario scenario) throws IOException {
        SplittableRandom random = new SplittableRandom(scenario.seed());
        List<Place> places = new ArrayList<>();
        for (Group group : scenario.groups()) {
            SplittableRandom ofGroup = random.split();
            Crew crew = new Crew(group, new Outages(group.network(), ofGroup.split(), world.nowNanos()), world.meter());
            crews.add(crew);
            try {
                SensorFactory factory = new SensorFactory(world, crew);
                for (int index = 0; index < group.count(); index++) {
                    places.add(new Place((index + 0.5) / group.count(), factory.make(index, ofGroup.split())));
                }
            } catch (IOException e) {
                throw new IOException(
                        "only " + places.size() + " of " + scenario.sensors() + " sockets: " + e.getMessage()
                                + "; other programs have the rest of the ports or file descriptors",
                        e);
            }
        }
        places.sort(Comparator.comparingDouble(Place::share));
        sensors = places.stream().map(Place::sensor).toList();
        told = sensors.size();
    }

    List<Crew> crews() {
        return crews;
    }

    List<Sensor> sensors() {
        return sensors;
    }

    /** From now on {@link #tell} gives this order. */
    void order(Consumer<Sensor> newOrder) {
        order = newOrder;
        told = 0;
    }

    /**
     * Gives the order to some that have not got it yet.
     *
     * @param share 0 to 1, of the fleet that is to have it by now
     */
    void tell(double share) {
        int due = (int) Math.ceil(Math.min(1, share) * sensors.size());
        int end = Math.min(due, told + MOST_AT_ONCE);
        while (told < end) {
            order.accept(sensors.get(told++));
        }
    }

    boolean hasToldAll() {
        return told == sensors.size();
    }

    /** How many are in each state. */
    Map<SensorState, Integer> states() {
        Map<SensorState, Integer> states = new EnumMap<>(SensorState.class);
        sensors.forEach(sensor -> states.merge(sensor.state(), 1, Integer::sum));
        return states;
    }

    void close() {
        sensors.forEach(Sensor::close);
    }

    /** @param share of its group that is before it */
    private record Place(double share, Sensor sensor) {}
}
