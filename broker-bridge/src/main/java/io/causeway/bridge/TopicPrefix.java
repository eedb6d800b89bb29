package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.TopicFilter;
import io.causeway.routing.TopicName;
import java.util.Optional;

/**
 * Maps topics of the gateway to those at the broker and back.
 *
 * @param value empty, or levels that end with a '/'
 */
record TopicPrefix(String value) {

    /** @throws IllegalArgumentException if the prefix cannot stand before a topic */
    static TopicPrefix of(String value) {
        if (!value.isEmpty() && !(TopicName.isValid(value) && value.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "topic prefix '" + value + "' is neither empty nor a topic that ends with '/'");
        }
        return new TopicPrefix(value);
    }

    /** The message as the broker is to get it; nothing if the topic gets too long. */
    Optional<ApplicationMessage> up(ApplicationMessage message) {
        if (value.isEmpty()) {
            return Optional.of(message);
        }
        String topic = value + message.topic();
        return TopicName.isValid(topic) ? Optional.of(message.withTopic(topic)) : Optional.empty();
    }

    /** Whether the filter can take the prefix: names have a limit. */
    boolean fits(TopicFilter filter) {
        return value.isEmpty() || TopicFilter.parse(value + filter.value()).isPresent();
    }

    /** The filter as the broker is to get it. */
    TopicFilter up(TopicFilter filter) {
        return value.isEmpty() ? filter : new TopicFilter(value + filter.value());
    }

    /** The message as our clients are to get it; nothing if it is not one of ours. */
    Optional<ApplicationMessage> down(ApplicationMessage message) {
        if (value.isEmpty()) {
            return Optional.of(message);
        }
        String topic = message.topic();
        return topic.length() > value.length() && topic.startsWith(value)
                ? Optional.of(message.withTopic(topic.substring(value.length())))
                : Optional.empty();
    }

    /** The topic as our clients know it; any other one as it is. */
    String strip(String topic) {
        return topic.startsWith(value) ? topic.substring(value.length()) : topic;
    }
}
