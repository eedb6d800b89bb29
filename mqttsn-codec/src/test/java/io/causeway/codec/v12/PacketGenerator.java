package io.causeway.codec.v12;

import io.causeway.codec.Octets;
import java.util.List;
import java.util.Random;

/** Valid packets of all types, the same for the same seed, with a liking for the ends of every range. */
final class PacketGenerator {
    private static final int UINT8_MAX = 0xFF;
    private static final int UINT16_MAX = 0xFFFF;
    private static final int MAX_NODE_ID_OCTETS = 252;

    /** Around the change of the length's form, and up to what fits any packet, in octets of a variable last field. */
    private static final int[] EDGE_SIZES = {0, 1, 2, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255, 256, 65_525};

    private static final int[] EDGE_IDS = {0, 1, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, UINT16_MAX};

    /** The first and the last of each length in UTF-8, of each side of the surrogates, and what names are made of. */
    private static final int[] CODE_POINTS = {
        1, ' ', '#', '+', '/', '$', 'a', 'z', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000,
        0x10FFFF
    };

    private static final List<String> SHORT_NAMES = List.of("ab", "  ", "a#", "\u0080", "\u00e9", "\u07ff");

    private final Random random;

    PacketGenerator(long seed) {
        random = new Random(seed);
    }

    Packet next() {
        return next(pick(MessageType.values()));
    }

    Packet next(MessageType type) {
        return switch (type) {
            case ADVERTISE -> new Advertise(uint8(), uint16());
            case SEARCHGW -> new SearchGw(uint8());
            case GWINFO -> new GwInfo(uint8(), octets());
            case CONNECT -> new Connect(bool(), bool(), uint8(), uint16(), text(size()));
            case CONNACK -> new ConnAck(pick(ReturnCode.values()));
            case WILLTOPICREQ -> new WillTopicReq();
            case WILLTOPIC -> oneIn(4) ? WillTopic.empty() : new WillTopic(qos(), bool(), name());
            case WILLMSGREQ -> new WillMsgReq();
            case WILLMSG -> new WillMsg(octets());
            case REGISTER -> new Register(uint16(), uint16(), name());
            case REGACK -> new RegAck(uint16(), uint16(), pick(ReturnCode.values()));
            case PUBLISH -> publish(qos());
            case PUBACK -> new PubAck(uint16(), uint16(), pick(ReturnCode.values()));
            case PUBCOMP -> new PubComp(uint16());
            case PUBREC -> new PubRec(uint16());
            case PUBREL -> new PubRel(uint16());
            case SUBSCRIBE -> new Subscribe(bool(), qos(), uint16(), topic());
            case SUBACK -> new SubAck(qos(), uint16(), uint16(), pick(ReturnCode.values()));
            case UNSUBSCRIBE -> new Unsubscribe(uint16(), topic());
            case UNSUBACK -> new UnsubAck(uint16());
            case PINGREQ -> new PingReq(text(size()));
            case PINGRESP -> new PingResp();
            case DISCONNECT -> oneIn(4) ? Disconnect.plain() : new Disconnect(uint16());
            case WILLTOPICUPD -> oneIn(4) ? WillTopicUpd.empty() : new WillTopicUpd(qos(), bool(), name());
            case WILLTOPICRESP -> new WillTopicResp(pick(ReturnCode.values()));
            case WILLMSGUPD -> new WillMsgUpd(octets());
            case WILLMSGRESP -> new WillMsgResp(pick(ReturnCode.values()));
            case ENCAPSULATED -> encapsulated();
        };
    }

    private Publish publish(Qos qos) {
        int msgId = qos.isAcknowledged() ? uint16() : 0;
        return new Publish(bool(), qos, bool(), pick(TopicIdType.values()), uint16(), msgId, octets());
    }

    private Encapsulated encapsulated() {
        MessageType type = pick(MessageType.values());
        Packet packet = type == MessageType.ENCAPSULATED ? new PingResp() : next(type);
        return new Encapsulated(
                random.nextInt(4), octets(Math.min(size(), MAX_NODE_ID_OCTETS)), PacketCodec.encode(packet));
    }

    private Topic topic() {
        return switch (pick(TopicIdType.values())) {
            case NORMAL -> new Topic.Name(name());
            case PREDEFINED -> new Topic.Predefined(uint16());
            case SHORT -> new Topic.Short(SHORT_NAMES.get(random.nextInt(SHORT_NAMES.size())));
        };
    }

    private int size() {
        return oneIn(3) ? EDGE_SIZES[random.nextInt(EDGE_SIZES.length)] : random.nextInt(40);
    }

    private Octets octets() {
        return octets(size());
    }

    private Octets octets(int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return Octets.of(octets);
    }

    private String name() {
        return text(Math.max(1, size()));
    }

    /** A text of exactly the given number of octets. */
    private String text(int octets) {
        StringBuilder text = new StringBuilder();
        int left = octets;
        while (left > 0) {
            String character = Character.toString(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
            if (Fields.textOctets(character) <= left) {
                text.append(character);
                left -= Fields.textOctets(character);
            }
        }
        return text.toString();
    }

    private int uint8() {
        return random.nextInt(UINT8_MAX + 1);
    }

    private int uint16() {
        return oneIn(2) ? EDGE_IDS[random.nextInt(EDGE_IDS.length)] : random.nextInt(UINT16_MAX + 1);
    }

    private Qos qos() {
        return pick(Qos.values());
    }

    private boolean bool() {
        return random.nextBoolean();
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
