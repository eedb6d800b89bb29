package io.causeway.gateway.e2e;

import io.causeway.access.Identity;
import io.causeway.access.file.AccessRules;
import io.causeway.testkit.Mosquitto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A file of mosquitto's rules means here what it means there: random rules, and who can publish and receive what. */
class AclOfMosquittoTest {
    private static final List<String> LEVELS = List.of("a", "b", "k1", "u1");
    private static final List<String> WILDCARDS = List.of("+", "+", "#");
    private static final List<String> OWN_NAMES = List.of("%c", "%u");
    private static final List<String> ALLOWING = List.of("", "read ", "write ", "readwrite ");
    private static final List<Identity> CLIENTS =
            List.of(Identity.anonymous("k1"), new Identity("a", "u1"), new Identity("u1", "u2"));

    /** Behind it nothing comes any more. No random rule is about it. */
    private static final String END = "$end";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomRules_allowTheSame(long seed) throws Exception {
        Path acl = Files.write(directory.resolve("acl"), rules(new SplittableRandom(seed)));
        AccessRules rules = AccessRules.load(acl);

        try (Mosquitto broker = Mosquitto.start(directory, "acl_file " + acl)) {
            for (Identity each : CLIENTS) {
                assertThat(publishedBy(each, broker))
                        .as("published by %s", each)
                        .containsExactlyElementsOf(topics().filter(topic -> rules.mayPublish(each, topic))
                                .toList());
                assertThat(receivedBy(each, broker))
                        .as("received by %s", each)
                        .containsExactlyElementsOf(topics().filter(topic -> rules.mayReceive(each, topic))
                                .toList());
            }
        }
    }

    private static List<String> publishedBy(Identity who, Mosquitto broker) throws MqttException {
        try (Application client = Application.login(broker.port(), who.clientId(), who.user());
                Application admin = Application.login(broker.port(), "admin", "admin")) {
            return delivered(client, admin, admin);
        }
    }

    private static List<String> receivedBy(Identity who, Mosquitto broker) throws MqttException {
        try (Application client = Application.login(broker.port(), who.clientId(), who.user());
                Application admin = Application.login(broker.port(), "admin", "admin")) {
            return delivered(admin, client, admin);
        }
    }

    private static List<String> delivered(Application from, Application to, Application admin) throws MqttException {
        to.subscribe("#", 0);
        to.subscribe(END, 0);
        for (String topic : topics().toList()) {
            from.publish(topic, "x", 1);
        }
        admin.publish(END, "x", 1);
        Patience.await("the end")
                .until(() ->
                        to.received().stream().anyMatch(each -> each.topic().equals(END)));
        return to.received().stream()
                .map(Message::topic)
                .filter(topic -> !topic.equals(END))
                .toList();
    }

    /** All of one to three levels. */
    private static Stream<String> topics() {
        return LEVELS.stream()
                .flatMap(first -> Stream.concat(
                        Stream.of(first),
                        LEVELS.stream()
                                .map(second -> first + "/" + second)
                                .flatMap(two -> Stream.concat(
                                        Stream.of(two), LEVELS.stream().map(third -> two + "/" + third)))));
    }

    /** Without what is known to differ: patterns that deny. */
    private static List<String> rules(SplittableRandom random) {
        List<String> lines = new ArrayList<>();
        addTopics(lines, random);
        for (String user : List.of("u1", "u2")) {
            lines.add("user " + user);
            addTopics(lines, random);
            lines.add("pattern " + oneOf(ALLOWING, random) + filter(OWN_NAMES, random));
        }
        lines.add("pattern read " + END);
        lines.addAll(List.of("user admin", "topic #", "topic " + END));
        return lines;
    }

    private static void addTopics(List<String> lines, SplittableRandom random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            lines.add("topic " + oneOf(ALLOWING, random) + filter(LEVELS, random));
            lines.add("topic deny " + LEVELS.get(0) + "/" + filter(LEVELS, random));
        }
    }

    private static String filter(List<String> names, SplittableRandom random) {
        List<String> levels = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String wildcard = oneOf(WILDCARDS, random);
            boolean possible = i == 0 || !wildcard.equals("#");
            levels.add(
                    possible && random.nextBoolean() ? wildcard : oneOf(random.nextBoolean() ? names : LEVELS, random));
        }
        return String.join("/", levels);
    }

    private static String oneOf(List<String> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
