package io.causeway.session;

/**
 * Two octets that name a topic, and how they do.
 *
 * @param value alias, predefined alias, or the two octets of a short name, most significant first
 */
record TopicReference(TopicForm form, int value) {}
