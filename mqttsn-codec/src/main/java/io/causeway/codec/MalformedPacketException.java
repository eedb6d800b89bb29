package io.causeway.codec;

/**
 * Octets that are no packet. Caught where datagrams come in: counted, dropped, and answered only where the sender is
 * known and what could be read of the packet allows it. Carries no stack trace, because a flood of garbage must stay
 * cheap and its reason says all.
 */
public final class MalformedPacketException extends Exception {
    /** Instead of a message type or message id that could not be read, or that the message type does not have. */
    public static final int UNKNOWN = -1;

    /** Instead of a topic id that could not be read; reserved on the wire, so never taken for a real one. */
    public static final int UNKNOWN_TOPIC_ID = 0;

    private final String reason;
    private final int messageType;
    private final int msgId;
    private final int topicId;

    public MalformedPacketException(String reason) {
        this(reason, UNKNOWN, UNKNOWN, UNKNOWN_TOPIC_ID);
    }

    private MalformedPacketException(String reason, int messageType, int msgId, int topicId) {
        super(reason, null, false, false);
        this.reason = reason;
        this.messageType = messageType;
        this.msgId = msgId;
        this.topicId = topicId;
    }

    /** The same error, with what could be read of the packet. */
    public MalformedPacketException withContext(int messageType, int msgId, int topicId) {
        return new MalformedPacketException(reason, messageType, msgId, topicId);
    }

    /** What is wrong, for the log. */
    public String reason() {
        return reason;
    }

    /** The message type octet, 0 to 255, also if it is a reserved one; {@link #UNKNOWN} if it could not be read. */
    public int messageType() {
        return messageType;
    }

    /** The message id, 0 to 65535; {@link #UNKNOWN} if it could not be read or the message type has none. */
    public int msgId() {
        return msgId;
    }

    /** The topic id, 0 to 65535; {@link #UNKNOWN_TOPIC_ID} if it could not be read or the message type has none. */
    public int topicId() {
        return topicId;
    }
}
