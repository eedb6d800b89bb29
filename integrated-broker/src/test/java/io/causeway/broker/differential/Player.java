package io.causeway.broker.differential;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plays scripts against one broker. After each step it waits until the broker has nothing more to do: every client, and
 * a few that only stand by so that every loop of a broker has one, sends PINGREQ and reads up to the answer, again and
 * again, until several rounds have brought nothing else. One thread, one step at a time: what is seen is the same in
 * every run.
 */
final class Player implements AutoCloseable {
    /** A message may go from loop to loop and back, and a loop may answer before it looks into its mailbox. */
    private static final int QUIET_ROUNDS = 5;

    private static final int MOST_ROUNDS = 300;
    private static final String MEMBERS = "members";
    private static final int BYSTANDERS = 2;
    private static final Step.Connect FRESH = new Step.Connect("bystander", true, 0, Properties.NONE, Will.NONE);
    private static final Step.Disconnect LEAVE = new Step.Disconnect("bystander", 0, Properties.NONE);

    private final int port;
    private final Reading reading;
    private final List<Participant> bystanders;

    Player(int port, Reading reading) {
        this.port = port;
        this.reading = reading;
        this.bystanders = IntStream.range(0, BYSTANDERS)
                .mapToObj(i -> new Participant(port, "bystander" + i, Version.V3_1_1))
                .toList();
        bystanders.forEach(each -> each.act(FRESH));
    }

    Transcript play(Script script) {
        Map<String, Participant> participants = new TreeMap<>();
        try {
            List<Moment> moments = new ArrayList<>();
            for (Step step : script.steps()) {
                Participant participant = participants.computeIfAbsent(
                        step.client(), name -> new Participant(port, name, script.version(name)));
                for (Step part : step instanceof Step.InOne several ? several.steps() : List.of(step)) {
                    participant.act(part);
                    waitUntilQuiet(participants.values());
                }
                moments.add(moment(script, step, participants.values()));
            }
            return new Transcript(moments);
        } finally {
            cleanUp(script, participants.values());
        }
    }

    private Moment moment(Script script, Step step, Collection<Participant> participants) {
        NavigableMap<String, List<String>> seen = new TreeMap<>();
        for (Participant each : participants) {
            take(each, packets -> reading.lines(script, step, packets), seen);
        }
        seen.getOrDefault(MEMBERS, new ArrayList<>()).sort(null);
        return new Moment(step, seen);
    }

    private void waitUntilQuiet(Collection<Participant> participants) {
        int quiet = 0;
        for (int round = 0; round < MOST_ROUNDS && quiet < QUIET_ROUNDS; round++) {
            boolean busy = ping(participants) || connections(participants).anyMatch(Connection::isWaiting);
            quiet = busy ? 0 : quiet + 1;
        }
    }

    /** Returns whether anything but the answers has come. */
    private boolean ping(Collection<Participant> participants) {
        List<Connection> open = Stream.concat(connections(participants), connections(bystanders))
                .filter(each -> !each.hasEnded())
                .toList();
        open.forEach(each -> each.send(each.writer().pingReq()));
        return open.stream().filter(Connection::readUntilPong).count() > 0;
    }

    private static Stream<Connection> connections(Collection<Participant> participants) {
        return participants.stream().flatMap(each -> each.connections().stream());
    }

    private static void take(
            Participant participant,
            Function<List<Packet>, List<String>> toLines,
            NavigableMap<String, List<String>> seen) {
        Connection own = participant.connections().peekLast();
        for (Connection each : participant.connections()) {
            String name = participant.name() + (each.equals(own) ? "" : ", earlier connection");
            List<String> lines = new ArrayList<>(toLines.apply(each.takeReceived()));
            each.takeUnanswered().forEach(answer -> lines.add("(never came: " + answer + ")"));
            if (each.wasEnded()) {
                lines.add("(connection ended)");
            }
            lines.forEach(line -> seen.computeIfAbsent(witness(name, line), key -> new ArrayList<>())
                    .add(line));
        }
        participant.connections().removeIf(Connection::hasEnded);
    }

    /** A message to one member of a shared subscription is one to all of them. */
    private static String witness(String name, String line) {
        return name.startsWith(Script.MEMBER) && line.startsWith(PacketType.PUBLISH.name()) ? MEMBERS : name;
    }

    /** No session, will or retained message is left to the next script. */
    private void cleanUp(Script script, Collection<Participant> participants) {
        connections(participants).forEach(Connection::cut);
        for (Participant each : participants) {
            Participant successor = new Participant(port, each.name(), Version.V3_1_1);
            successor.act(FRESH);
            successor.act(LEAVE);
        }
        waitUntilQuiet(List.of());
        Participant cleaner = bystanders.get(0);
        script.steps().stream()
                .flatMap(Player::topics)
                .distinct()
                .map(topic -> new Step.Publish("cleaner", topic, "", 1, true, Properties.NONE))
                .forEach(cleaner::act);
        waitUntilQuiet(List.of());
        connections(bystanders).forEach(Connection::takeReceived);
    }

    private static Stream<String> topics(Step step) {
        Stream<String> topics = Stream.empty();
        if (step instanceof Step.Publish publish) {
            topics = Stream.of(publish.topic());
        } else if (step instanceof Step.Connect connect) {
            topics = Stream.of(connect.will().topic());
        } else if (step instanceof Step.Burst burst) {
            topics = burst.steps().stream().flatMap(Player::topics);
        }
        return topics.filter(topic -> !topic.isEmpty());
    }

    @Override
    public void close() {
        connections(bystanders).forEach(Connection::cut);
    }
}
