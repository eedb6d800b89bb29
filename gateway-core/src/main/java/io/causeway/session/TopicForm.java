package io.causeway.session;

/** How two octets stand for a topic (1.2 §6.7): three separate name spaces. */
public enum TopicForm {
    /** An alias that was agreed on by REGISTER or SUBSCRIBE. */
    NORMAL,
    /** An alias that both sides know from their configuration. */
    PREDEFINED,
    /** The topic name itself, two octets long. */
    SHORT
}
