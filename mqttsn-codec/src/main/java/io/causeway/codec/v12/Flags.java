package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;

/**
 * The Flags octet (1.2 §5.3.4). A packet reads only the bits it uses and leaves all others 0.
 *
 * <pre>DUP(7) QoS(6,5) Retain(4) Will(3) CleanSession(2) TopicIdType(1,0)</pre>
 */
final class Flags {
    private static final int DUP = 0x80;
    private static final int QOS_SHIFT = 5;
    private static final int QOS_MASK = 0x03;
    private static final int RETAIN = 0x10;
    private static final int WILL = 0x08;
    private static final int CLEAN_SESSION = 0x04;
    private static final int TOPIC_ID_TYPE_MASK = 0x03;

    private Flags() {}

    static boolean isDup(int flags) {
        return (flags & DUP) != 0;
    }

    static Qos qos(int flags) {
        return Qos.of(flags >> QOS_SHIFT & QOS_MASK);
    }

    static boolean isRetain(int flags) {
        return (flags & RETAIN) != 0;
    }

    static boolean isWill(int flags) {
        return (flags & WILL) != 0;
    }

    static boolean isCleanSession(int flags) {
        return (flags & CLEAN_SESSION) != 0;
    }

    static TopicIdType topicIdType(int flags) throws MalformedPacketException {
        return TopicIdType.of(flags & TOPIC_ID_TYPE_MASK);
    }

    static int dup(boolean dup) {
        return dup ? DUP : 0;
    }

    static int qos(Qos qos) {
        return qos.wireValue() << QOS_SHIFT;
    }

    static int retain(boolean retain) {
        return retain ? RETAIN : 0;
    }

    static int will(boolean will) {
        return will ? WILL : 0;
    }

    static int cleanSession(boolean cleanSession) {
        return cleanSession ? CLEAN_SESSION : 0;
    }

    static int topicIdType(TopicIdType topicIdType) {
        return topicIdType.wireValue();
    }
}
