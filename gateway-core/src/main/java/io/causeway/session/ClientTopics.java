package io.causeway.session;

import io.causeway.routing.TopicName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one client and the gateway name topics to each other in two octets (1.2 §6.7). Owned by the session's loop. */
final class ClientTopics {
    private final TopicAliases aliases;
    private final Subscriptions subscriptions;
    private PredefinedTopics.ClientView predefined;

    ClientTopics(TopicAliases aliases, Subscriptions subscriptions, PredefinedTopics.ClientView predefined) {
        this.aliases = aliases;
        this.subscriptions = subscriptions;
        this.predefined = predefined;
    }

    void usePredefined(PredefinedTopics.ClientView view) {
        predefined = view;
    }

    TopicAliases aliases() {
        return aliases;
    }

    Optional<String> predefined(int alias) {
        return predefined.topicOf(alias);
    }

    /** What the client means, or null if it is nothing that it was told. */
    @Nullable
    String topicOf(TopicForm form, int topic, String shortName) {
        return switch (form) {
            case NORMAL -> {
                TopicAliases.Alias alias = aliases.byValue(topic);
                yield alias == null ? null : alias.topic;
            }
            case PREDEFINED -> predefined.topicOf(topic).orElse(null);
            case SHORT -> TopicName.isValid(shortName) ? shortName : null;
        };
    }

    /**
     * How a delivery names its topic: as the client did when it subscribed to exactly this one, else in the form
     * that needs the least of the client. Nothing if no alias is left.
     */
    Optional<TopicReference> referenceTo(String topic) {
        Optional<TopicReference> known = withoutAlias(topic);
        return known.isPresent() ? known : aliases.assign(topic).map(alias -> alias.reference);
    }

    /** Whether a delivery would give the topic an alias. */
    boolean needsNewAlias(String topic) {
        return !aliases.has(topic) && withoutAlias(topic).isEmpty();
    }

    /** Whether a delivery can name the topic without a REGISTER. */
    boolean isKnownToClient(String topic) {
        return aliases.isKnown(topic) || withoutAlias(topic).isPresent();
    }

    private Optional<TopicReference> withoutAlias(String topic) {
        TopicForm named = subscriptions.formOf(topic);
        if (named == TopicForm.NORMAL) {
            return Optional.empty();
        }
        Optional<Integer> known = predefined.aliasOf(topic);
        if (known.isPresent() && named != TopicForm.SHORT) {
            return Optional.of(new TopicReference(TopicForm.PREDEFINED, known.get()));
        }
        int shortForm = ShortName.octetsOf(topic);
        return shortForm == ShortName.NONE
                ? Optional.empty()
                : Optional.of(new TopicReference(TopicForm.SHORT, shortForm));
    }

    /** The topic or filter that a SUBSCRIBE or UNSUBSCRIBE names; empty if it names none. */
    String filterOf(TopicForm form, int topic, String filter) {
        return form == TopicForm.PREDEFINED ? predefined.topicOf(topic).orElse("") : filter;
    }
}
