package io.causeway.broker.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A script out of a seed: the same seed, the same script. */
final class RandomScript {
    private static final int STEPS = 40;
    private static final List<String> CLIENTS = List.of("ann", "bob", "cay", Script.NAMELESS);
    private static final List<String> MEMBERS = List.of(Script.MEMBER + "1", Script.MEMBER + "2");
    private static final List<String> TOPICS = List.of("a", "a/b", "a/b/c", "b", "/b", "a//c", "$own/a");
    /** Mosquitto says that a subscription to it is there and was removed, even if there was none. */
    private static final String OWN = "$own/#";

    private static final List<String> FILTERS =
            List.of("a", "a/b", "#", "+", "a/#", "+/b", "a/+/c", "/+", "a/b/#", "+/+", "+/#", "b/#", "a//c", OWN);
    private static final String SHARED_TOPIC = "shared/x";
    private static final List<String> SHARED_FILTERS = List.of("$share/g/shared/#", "$share/g/shared/+");
    private static final long LONG_SECONDS = 1_000;
    private static final long FOREVER_SECONDS = 0xFFFF_FFFFL;
    private static final int LARGE_OCTETS = 300;
    private static final int SMALL_PACKET_OCTETS = 200;
    private static final int WITH_WILL = 0x04;
    private static final int KEEP_ALIVE_SECONDS = 600;

    private final Random random;
    private final Map<String, Version> versions = new HashMap<>();
    /**
     * Whether clients hold acknowledgements back. Then none has two subscriptions that match the same message, since of
     * one broker the copies would count in its window, and there is no QoS 0, which overtakes what waits in mosquitto.
     */
    private final boolean holding;

    /** Topics by alias of the clients that, as far as the script knows, have a connection. */
    private final Map<String, Map<Integer, String>> aliases = new HashMap<>();

    private final Set<String> willing = new HashSet<>();
    /** Topics of messages without payload: no two messages are to look the same. */
    private final Set<String> removed = new HashSet<>();

    private int messages;

    private RandomScript(long seed, Mix mix) {
        random = new Random(seed);
        holding = random.nextInt(3) == 0;
        Stream.concat(CLIENTS.stream(), MEMBERS.stream()).forEach(each -> versions.put(each, mix.pick(random)));
        CLIENTS.stream().filter(each -> chance(2)).forEach(willing::add);
    }

    static Script of(long seed, Mix mix) {
        RandomScript script = new RandomScript(seed, mix);
        List<Step> steps = new ArrayList<>();
        for (String each : MEMBERS) {
            steps.add(script.connect(each, true));
            steps.add(new Step.Subscribe(each, List.of(Filter.of(SHARED_FILTERS.get(0), 2)), Properties.NONE));
        }
        CLIENTS.forEach(each -> steps.add(script.connect(each, script.chance(2))));
        IntStream.range(0, STEPS).forEach(i -> steps.add(script.step()));
        return new Script(script.versions, !script.holding, steps);
    }

    private Step step() {
        String client = pick(CLIENTS);
        if (!aliases.containsKey(client) && !chance(3)) {
            return connect(client, chance(5));
        }
        int die = random.nextInt(100);
        if (die < 25) {
            return subscribe(client);
        }
        if (die < 29) {
            List<String> filters =
                    FILTERS.stream().filter(each -> !each.equals(OWN)).toList();
            return new Step.Unsubscribe(client, List.of(pick(filters), pick(filters)));
        }
        if (die < 70) {
            return publish(client, qos());
        }
        return die < 85 ? interruption(client) : end(client);
    }

    private Step interruption(String client) {
        return switch (random.nextInt(7)) {
            case 0 -> repeatedPublish(client);
            case 1 -> new Step.Release(client);
            // In a burst, mosquitto loses count of a client's window.
            case 3, 4 -> holding ? publish(client, qos()) : burst(client);
            // Mosquitto counts any acknowledgement as room in the window.
            case 2 -> holding ? publish(client, qos()) : new Step.Misbehave(client, pick(Misdeed.HARMLESS));
            default -> holding ? new Step.Hold(client, pick(List.of(Step.Stage.values()))) : publish(client, qos());
        };
    }

    /** At QoS 2; a broker may deliver it with the PUBLISH or with the PUBREL. */
    private Step repeatedPublish(String client) {
        return new Step.InOne(
                client,
                List.of(
                        new Step.BeginPublish(client, pick(TOPICS), message()),
                        new Step.RepeatPublish(client),
                        new Step.FinishPublish(client)));
    }

    /** Of one QoS, and not 2: elsewhere QoS 0 overtakes, and QoS 2 is overtaken, since it waits for its PUBREL. */
    private Step burst(String client) {
        int qos = random.nextInt(2);
        List<Step> steps = IntStream.rangeClosed(0, 1 + random.nextInt(8))
                .mapToObj(i -> publish(client, qos))
                .filter(each -> !each.payload().isEmpty() && !each.topic().isEmpty())
                .<Step>map(each -> each)
                .toList();
        return new Step.Burst(client, steps);
    }

    private Step end(String client) {
        aliases.remove(client);
        return switch (random.nextInt(8)) {
            case 0, 1 -> disconnect(client);
            case 2, 3 -> new Step.Cut(client);
            case 4 -> new Step.Misbehave(client, pick(Misdeed.AGREED));
            // Mosquitto does not publish the will of a connection that is taken over.
            default -> willing.contains(client) ? new Step.Cut(client) : connect(client, chance(5));
        };
    }

    private Step connect(String client, boolean cleanStart) {
        aliases.put(client, new HashMap<>());
        boolean isNameless = client.equals(Script.NAMELESS);
        boolean isWilling = willing.contains(client);
        // Mosquitto forgets a delayed will that a clean start brings forward.
        boolean isClean = isNameless || (cleanStart && !isWilling);
        Properties properties = isV5(client) ? connectProperties(isNameless) : Properties.NONE;
        boolean outlives = properties
                .first(Property.SESSION_EXPIRY)
                .filter(each -> !each.equals("0"))
                .isPresent();
        Will will = isWilling && chance(2) ? will(client, outlives) : Will.NONE;
        return new Step.Connect(client, isClean, KEEP_ALIVE_SECONDS, properties, will);
    }

    private Properties connectProperties(boolean isNameless) {
        Properties properties = Properties.NONE;
        if (!isNameless && !chance(4)) {
            properties = properties.with(Property.SESSION_EXPIRY, pick(List.of(0L, LONG_SECONDS, FOREVER_SECONDS)));
        }
        if (chance(3)) {
            properties = properties.with(Property.TOPIC_ALIAS_MAXIMUM, 3);
        }
        // Not both: for mosquitto, a message that is too large is in flight forever.
        return switch (random.nextInt(6)) {
            case 0, 1 -> properties.with(Property.RECEIVE_MAXIMUM, 1 + random.nextInt(3));
            case 2 -> properties.with(Property.MAXIMUM_PACKET_SIZE, SMALL_PACKET_OCTETS);
            default -> properties;
        };
    }

    /** @param outlives whether the session lives on after the connection: else mosquitto would delay the will too long */
    private Will will(String client, boolean outlives) {
        Properties properties = isV5(client) ? messageProperties() : Properties.NONE;
        if (outlives && chance(3)) {
            properties = properties.with(Property.WILL_DELAY, LONG_SECONDS);
        }
        String topic = pick(TOPICS);
        return new Will(topic, "will of " + client + ' ' + message(), qos(), retain(), properties);
    }

    private Step subscribe(String client) {
        if (holding) {
            return new Step.Subscribe(client, List.of(filter(client, "a/#")), Properties.NONE);
        }
        Properties properties = isV5(client) && chance(2)
                ? Properties.NONE.with(Property.SUBSCRIPTION_ID, 1 + random.nextInt(200))
                : Properties.NONE;
        List<Filter> filters = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> pick(FILTERS))
                .distinct()
                .map(each -> filter(client, each))
                .toList();
        return new Step.Subscribe(client, filters, properties);
    }

    /** Mosquitto replaces nothing but the QoS of a subscription: the flags of a filter stay as they are. */
    private Filter filter(String client, String filter) {
        int flags = Math.floorMod((filter + client).hashCode(), 9);
        return isV5(client)
                ? new Filter(filter, qos(), flags % 3 == 0, flags / 3 == 0, random.nextInt(3))
                : Filter.of(filter, qos());
    }

    private Step.Publish publish(String client, int qos) {
        if (chance(8)) {
            return new Step.Publish(client, SHARED_TOPIC, message(), qos, false, Properties.NONE);
        }
        Properties properties = isV5(client) && chance(2) ? messageProperties() : Properties.NONE;
        String topic = pick(TOPICS);
        if (isV5(client) && chance(5)) {
            int alias = 1 + random.nextInt(2);
            properties = properties.with(Property.TOPIC_ALIAS, alias);
            Map<Integer, String> known = aliases.getOrDefault(client, new HashMap<>());
            topic = known.containsKey(alias) && chance(2) ? "" : topic;
            known.putIfAbsent(alias, topic);
        }
        boolean retain = retain();
        boolean removes = retain && chance(4) && !topic.isEmpty() && removed.add(topic);
        String payload = removes ? "" : message();
        return new Step.Publish(client, topic, payload, qos, retain, properties);
    }

    private Properties messageProperties() {
        Properties properties = Properties.NONE;
        properties = chance(2) ? properties.with(Property.MESSAGE_EXPIRY, LONG_SECONDS) : properties;
        properties = chance(3) ? properties.with(Property.CONTENT_TYPE, "text/plain") : properties;
        properties = chance(3) ? properties.with(Property.RESPONSE_TOPIC, "answers/here") : properties;
        properties = chance(3) ? properties.with(Property.CORRELATION_DATA, "0815") : properties;
        properties = chance(3) ? properties.with(Property.PAYLOAD_FORMAT, 1) : properties;
        return chance(2)
                ? properties.with(Property.USER_PROPERTY, "z=1").with(Property.USER_PROPERTY, "a=2")
                : properties;
    }

    private Step disconnect(String client) {
        int reason = isV5(client) && chance(3) ? WITH_WILL : 0;
        // As with a clean start, mosquitto forgets a delayed will if the session ends here.
        Properties properties = isV5(client) && chance(3) && !willing.contains(client)
                ? Properties.NONE.with(Property.SESSION_EXPIRY, pick(List.of(0L, LONG_SECONDS)))
                : Properties.NONE;
        return new Step.Disconnect(client, reason, properties);
    }

    /** Not while clients hold back: what is retained waits for its turn, in any order of topics, and may be outdated. */
    private boolean retain() {
        return !holding && chance(3);
    }

    private int qos() {
        return holding ? 1 + random.nextInt(2) : random.nextInt(3);
    }

    /** Different from every other one of the script. */
    private String message() {
        messages++;
        return "m" + messages + (chance(10) ? "x".repeat(LARGE_OCTETS) : "");
    }

    private boolean isV5(String client) {
        return versions.getOrDefault(client, Version.V3_1_1).hasProperties();
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
