package io.causeway.invariants;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgUpd;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicUpd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Datagrams that mean no good: packets that make sense at another time, the codec's vectors, valid and invalid, and
 * damaged forms of both, and noise. Ids are few and small, so that they meet what others have begun.
 */
final class HostileDatagrams {
    private static final Pattern HEX = Pattern.compile("\"hex\":\"([0-9a-f]*)\"");
    private static final int MAX_NOISE_OCTETS = 40;
    private static final int SMALL_IDS = 6;
    private static final List<String> NAMES = List.of(
            "a",
            "a/b",
            "a/b/c",
            "ab",
            "#",
            "+",
            "a/#",
            "+/b",
            "/",
            "a+",
            "$SYS/x",
            "é",
            "𝄞",
            " ",
            "/".repeat(199),
            "/".repeat(60_000),
            "+/".repeat(99) + "+",
            "n".repeat(65_000));
    private static final List<String> SHORT_NAMES = List.of("ab", "/#", "#a", "é", "  ");

    private final List<Octets> vectors = new ArrayList<>();
    private final SplittableRandom random;

    HostileDatagrams(SplittableRandom random) {
        this.random = random;
        for (String file : List.of("v1.2-valid.jsonl", "v1.2-invalid.jsonl")) {
            vectors.addAll(read(file));
        }
    }

    Octets next() {
        return switch (random.nextInt(10)) {
            case 0 -> noise();
            case 1 -> pick(vectors);
            case 2 -> damaged(pick(vectors));
            case 3 -> damaged(PacketCodec.encode(packet()));
            case 4 -> PacketCodec.encode(new Encapsulated(number(4), nodeId(), PacketCodec.encode(packet())));
            default -> PacketCodec.encode(packet());
        };
    }

    private Packet packet() {
        return switch (random.nextInt(22)) {
            case 0, 1, 2 -> new Connect(bool(), bool(), 1, number(3) * 20, "client" + number(30));
            case 3 -> oneIn(3) ? WillTopic.empty() : new WillTopic(qos(), bool(), name());
            case 4 -> new WillMsg(data());
            case 5 -> oneIn(3) ? WillTopicUpd.empty() : new WillTopicUpd(qos(), bool(), name());
            case 6 -> new WillMsgUpd(data());
            case 7, 8 -> new Register(id(), id(), name());
            case 9 -> new RegAck(id(), id(), pick(List.of(ReturnCode.values())));
            case 10, 11, 12 -> new Publish(bool(), qos(), bool(), idType(), id(), id(), data());
            case 13 -> new PubAck(id(), id(), pick(List.of(ReturnCode.values())));
            case 14 -> new PubRec(id());
            case 15 -> new PubRel(id());
            case 16 -> new PubComp(id());
            case 17, 18 -> new Subscribe(bool(), qos(), id(), topic());
            case 19 -> new Unsubscribe(id(), topic());
            case 20 -> new PingReq(bool() ? "" : "client" + number(30));
            default -> oneIn(2) ? Disconnect.plain() : new Disconnect(number(100));
        };
    }

    private Topic topic() {
        return switch (random.nextInt(3)) {
            case 0 -> new Topic.Predefined(id());
            case 1 -> new Topic.Short(pick(SHORT_NAMES));
            default -> new Topic.Name(name());
        };
    }

    private Octets noise() {
        byte[] octets = new byte[random.nextInt(MAX_NOISE_OCTETS)];
        random.nextBytes(octets);
        return Octets.of(octets);
    }

    private Octets damaged(Octets datagram) {
        byte[] octets = datagram.toByteArray();
        if (octets.length == 0) {
            return noise();
        }
        switch (random.nextInt(4)) {
            case 0 -> octets = Arrays.copyOf(octets, random.nextInt(octets.length));
            case 1 -> octets = Arrays.copyOf(octets, octets.length + 1 + random.nextInt(4));
            default -> octets[random.nextInt(Math.min(octets.length, 8))] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return Octets.of(octets);
    }

    private Octets nodeId() {
        return oneIn(4) ? noise() : Octets.of(new byte[] {(byte) number(4)});
    }

    private Octets data() {
        return oneIn(50) ? Octets.of(new byte[60_000]) : noise();
    }

    private String name() {
        return oneIn(4) ? pick(NAMES) : NAMES.get(number(5));
    }

    private int id() {
        return oneIn(20) ? random.nextInt(0x1_0000) : number(SMALL_IDS);
    }

    private Qos qos() {
        return pick(List.of(Qos.values()));
    }

    private TopicIdType idType() {
        return pick(List.of(TopicIdType.values()));
    }

    private boolean bool() {
        return random.nextBoolean();
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private int number(int bound) {
        return random.nextInt(bound);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static List<Octets> read(String file) {
        var resource = Objects.requireNonNull(HostileDatagrams.class.getResourceAsStream("/vectors/" + file), file);
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(HEX::matcher)
                    .filter(Matcher::find)
                    .map(found -> Octets.ofHex(found.group(1)))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
