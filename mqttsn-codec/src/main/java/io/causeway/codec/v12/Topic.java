package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The topic of a SUBSCRIBE or UNSUBSCRIBE, in one of three forms that TopicIdType tells apart (1.2 §5.4.15, §6.7). */
public sealed interface Topic {

    TopicIdType idType();

    /** Octets that {@link #writeTo} writes. */
    int octets();

    void writeTo(ByteBuf out);

    /**
     * Reads the rest of a body as a topic.
     *
     * @throws MalformedPacketException if a name is empty or not UTF-8, or id or short name are not two octets
     */
    static Topic read(ByteBuf body, TopicIdType idType, Leniency leniency) throws MalformedPacketException {
        return switch (idType) {
            case NORMAL -> new Name(Fields.readName(body, "TopicName", leniency));
            case PREDEFINED -> Predefined.read(body);
            case SHORT -> Short.read(body);
        };
    }

    /**
     * A topic name or filter.
     *
     * @param topicName at least one character; where wildcards may stand in it is not checked here
     */
    record Name(String topicName) implements Topic {

        /** @throws IllegalArgumentException if the name is empty or cannot be UTF-8 */
        public Name {
            Fields.name(topicName, "topicName");
        }

        @Override
        public TopicIdType idType() {
            return TopicIdType.NORMAL;
        }

        @Override
        public int octets() {
            return Fields.textOctets(topicName);
        }

        @Override
        public void writeTo(ByteBuf out) {
            Fields.writeText(out, topicName);
        }
    }

    /**
     * A topic id that both sides know in advance.
     *
     * @param topicId 0 to 65535
     */
    record Predefined(int topicId) implements Topic {
        private static final int OCTETS = 2;

        /** @throws IllegalArgumentException if the id is no uint16 */
        public Predefined {
            Fields.uint16(topicId, "topicId");
        }

        private static Predefined read(ByteBuf body) throws MalformedPacketException {
            Fields.requireOctets(body, OCTETS, "TopicId");
            return new Predefined(body.readUnsignedShort());
        }

        @Override
        public TopicIdType idType() {
            return TopicIdType.PREDEFINED;
        }

        @Override
        public int octets() {
            return OCTETS;
        }

        @Override
        public void writeTo(ByteBuf out) {
            out.writeShort(topicId);
        }
    }

    /**
     * A topic name of exactly two octets, which needs no topic id (1.2 §3).
     *
     * @param name two characters of ASCII, or one that takes two octets in UTF-8
     */
    @SuppressWarnings("JavaLangClash") // the specification's word
    record Short(String name) implements Topic {
        private static final int OCTETS = 2;

        /** @throws IllegalArgumentException if the name is not two octets of UTF-8 */
        public Short {
            Fields.text(name, "name");
            if (Fields.textOctets(name) != OCTETS) {
                throw new IllegalArgumentException("a short topic name has two octets, unlike " + name);
            }
        }

        /**
         * The name in the TopicId of a PUBLISH, first octet most significant; empty if it is not UTF-8 or holds a NUL.
         *
         * @param topicId 0 to 65535
         */
        public static Optional<String> toName(int topicId) {
            byte[] octets = {(byte) (topicId >> Byte.SIZE), (byte) topicId};
            String name = new String(octets, StandardCharsets.UTF_8);
            boolean isName = Fields.textOctets(name) == OCTETS && name.indexOf('\0') < 0;
            return isName ? Optional.of(name) : Optional.empty();
        }

        /**
         * The TopicId that carries a name in a PUBLISH, 0 to 65535.
         *
         * @throws IllegalArgumentException if the name is not two octets of UTF-8
         */
        public static int toTopicId(String name) {
            return new Short(name).topicId();
        }

        private static Short read(ByteBuf body) throws MalformedPacketException {
            Fields.requireOctets(body, OCTETS, "short topic name");
            return new Short(toName(body.readUnsignedShort())
                    .orElseThrow(() -> new MalformedPacketException("short topic name is not UTF-8 or holds a NUL")));
        }

        /** The name as the TopicId of a PUBLISH, 0 to 65535. */
        public int topicId() {
            byte[] octets = name.getBytes(StandardCharsets.UTF_8);
            return Byte.toUnsignedInt(octets[0]) << Byte.SIZE | Byte.toUnsignedInt(octets[1]);
        }

        @Override
        public TopicIdType idType() {
            return TopicIdType.SHORT;
        }

        @Override
        public int octets() {
            return OCTETS;
        }

        @Override
        public void writeTo(ByteBuf out) {
            Fields.writeText(out, name);
        }
    }
}
