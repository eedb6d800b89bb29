package io.causeway.bridge.rules;

import io.causeway.bridge.FilterOverlap;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.routing.TopicName;
import java.util.Optional;

/**
 * Which topics cross a bridge, and what they are called on either side: a prefix in front of what the filter means.
 *
 * @param filter       of the topics without their prefixes
 * @param direction    which way they cross
 * @param qos          highest at which they cross
 * @param localPrefix  before the topics here; any text, empty if there is none
 * @param remotePrefix before the topics there
 */
public record BridgeRule(TopicFilter filter, Direction direction, Qos qos, String localPrefix, String remotePrefix) {

    /** As seen from here. */
    public enum Direction {
        IN,
        OUT,
        BOTH
    }

    /**
     * @throws IllegalArgumentException if a prefix and the filter make no topic filter or a shared subscription, or if
     *                                  the rule brings in what only the broker here may publish
     */
    public BridgeRule {
        requireFilter(localPrefix, filter);
        requireFilter(remotePrefix, filter);
        String local = localPrefix + filter.value();
        if (direction != Direction.OUT && (local.equals("$SYS") || local.startsWith("$SYS/"))) {
            throw new IllegalArgumentException("what is below $SYS here is of this broker, and cannot be brought in");
        }
    }

    public boolean isOut() {
        return direction != Direction.IN;
    }

    public boolean isIn() {
        return direction != Direction.OUT;
    }

    /** What is subscribed to here. */
    public TopicFilter localFilter() {
        return new TopicFilter(localPrefix + filter.value());
    }

    /** What is subscribed to there. */
    public TopicFilter remoteFilter() {
        return new TopicFilter(remotePrefix + filter.value());
    }

    /** What a topic here is called there; nothing if this rule does not mean it or that name, or it would be too long. */
    public Optional<String> toRemote(String localTopic) {
        return exchange(localTopic, localPrefix, localFilter(), remotePrefix, remoteFilter());
    }

    /** What a topic there is called here; nothing if this rule does not mean it or that name, or it would be too long. */
    public Optional<String> toLocal(String remoteTopic) {
        return exchange(remoteTopic, remotePrefix, remoteFilter(), localPrefix, localFilter());
    }

    /** Whether this rule brings in something that the other has taken out, under its old name. */
    public boolean bringsBack(BridgeRule other) {
        return isIn()
                && other.isOut()
                && localPrefix.equals(other.localPrefix)
                && remotePrefix.equals(other.remotePrefix)
                && FilterOverlap.meet(localFilter(), other.localFilter());
    }

    private static Optional<String> exchange(
            String topic, String from, TopicFilter meant, String to, TopicFilter meantThere) {
        // A filter that ends with '#' means the level above too, which is shorter than a prefix that ends with '/'.
        if (!topic.startsWith(from) || topic.length() == from.length() || !meant.matches(topic)) {
            return Optional.empty();
        }
        // Without a prefix a name may begin with '$', which a wildcard does not mean.
        return Optional.of(to + topic.substring(from.length()))
                .filter(TopicName::isValid)
                .filter(meantThere::matches);
    }

    private static void requireFilter(String prefix, TopicFilter filter) {
        boolean isTopic = prefix.isEmpty() || TopicName.isValid(prefix);
        if (!isTopic || TopicFilter.parse(prefix + filter.value()).isEmpty()) {
            throw new IllegalArgumentException("'" + prefix + "' and '" + filter.value() + "' make no topic filter");
        }
        if ((prefix + filter.value()).startsWith("$share/")) {
            throw new IllegalArgumentException("a shared subscription brings a bridge a part of the messages only");
        }
    }
}
