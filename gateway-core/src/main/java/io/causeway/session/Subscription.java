package io.causeway.session;

import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.store.StoredSubscription;

/**
 * A subscription that stands.
 *
 * @param form how deliveries name the topic, if the filter is one topic
 */
record Subscription(TopicFilter filter, Qos qos, TopicForm form) {
    static Subscription of(StoredSubscription stored) {
        return new Subscription(new TopicFilter(stored.filter()), stored.qos(), TopicForm.valueOf(stored.form()));
    }

    StoredSubscription toStored() {
        return new StoredSubscription(filter.value(), qos, form.name(), false, false, 0, false);
    }
}
