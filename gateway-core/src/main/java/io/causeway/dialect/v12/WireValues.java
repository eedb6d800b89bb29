package io.causeway.dialect.v12;

import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.routing.Qos;
import io.causeway.session.ReasonCode;
import io.causeway.session.TopicForm;

/** The same small choices in the words of 1.2 and of the sessions. */
final class WireValues {
    private WireValues() {}

    static ReturnCode returnCode(ReasonCode reason) {
        return switch (reason) {
            case SUCCESS -> ReturnCode.ACCEPTED;
            case CONGESTION -> ReturnCode.CONGESTION;
            case INVALID_TOPIC_ALIAS -> ReturnCode.INVALID_TOPIC_ID;
            case NOT_SUPPORTED -> ReturnCode.NOT_SUPPORTED;
        };
    }

    static ReasonCode reason(ReturnCode code) {
        return switch (code) {
            case ACCEPTED -> ReasonCode.SUCCESS;
            case CONGESTION -> ReasonCode.CONGESTION;
            case INVALID_TOPIC_ID -> ReasonCode.INVALID_TOPIC_ALIAS;
            case NOT_SUPPORTED -> ReasonCode.NOT_SUPPORTED;
        };
    }

    static io.causeway.codec.v12.Qos qos(Qos qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> io.causeway.codec.v12.Qos.AT_MOST_ONCE;
            case AT_LEAST_ONCE -> io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
            case EXACTLY_ONCE -> io.causeway.codec.v12.Qos.EXACTLY_ONCE;
        };
    }

    /** @throws IllegalArgumentException for QoS -1, which no session knows */
    static Qos qos(io.causeway.codec.v12.Qos qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> Qos.AT_MOST_ONCE;
            case AT_LEAST_ONCE -> Qos.AT_LEAST_ONCE;
            case EXACTLY_ONCE -> Qos.EXACTLY_ONCE;
            case MINUS_ONE -> throw new IllegalArgumentException("QoS -1 has no session");
        };
    }

    static TopicIdType topicIdType(TopicForm form) {
        return switch (form) {
            case NORMAL -> TopicIdType.NORMAL;
            case PREDEFINED -> TopicIdType.PREDEFINED;
            case SHORT -> TopicIdType.SHORT;
        };
    }

    static TopicForm form(TopicIdType type) {
        return switch (type) {
            case NORMAL -> TopicForm.NORMAL;
            case PREDEFINED -> TopicForm.PREDEFINED;
            case SHORT -> TopicForm.SHORT;
        };
    }
}
