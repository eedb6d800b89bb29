package io.causeway.invariants;

import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import java.util.List;

/**
 * A topic that clients publish to.
 *
 * @param fixedId what names it in a PUBLISH without registration; 0 if it has to be registered
 */
record ModelTopic(String name, TopicIdType form, int fixedId) {
    static final int PREDEFINED_ID = 7;
    static final String PREDEFINED_NAME = "plant/state";

    static final List<ModelTopic> ALL = List.of(
            new ModelTopic("t/0", TopicIdType.NORMAL, 0),
            new ModelTopic("t/1", TopicIdType.NORMAL, 0),
            new ModelTopic("t/1/deep", TopicIdType.NORMAL, 0),
            new ModelTopic("ab", TopicIdType.SHORT, Topic.Short.toTopicId("ab")),
            new ModelTopic(PREDEFINED_NAME, TopicIdType.PREDEFINED, PREDEFINED_ID));

    /** What clients may subscribe to: each topic in its own form, and wildcards that overlap. */
    static final List<Topic> FILTERS = List.of(
            new Topic.Name("t/0"),
            new Topic.Name("t/1"),
            new Topic.Name("t/+"),
            new Topic.Name("t/#"),
            new Topic.Name("+"),
            new Topic.Name("#"),
            new Topic.Name("plant/+"),
            new Topic.Short("ab"),
            new Topic.Predefined(PREDEFINED_ID));

    /** The filter in words. */
    static String nameOf(Topic filter) {
        if (filter instanceof Topic.Name name) {
            return name.topicName();
        }
        return filter instanceof Topic.Short shortName ? shortName.name() : PREDEFINED_NAME;
    }
}
