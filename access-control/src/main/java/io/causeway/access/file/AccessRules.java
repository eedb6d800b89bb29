package io.causeway.access.file;

import io.causeway.access.Authorizer;
import io.causeway.access.ClientPattern;
import io.causeway.access.Identity;
import io.causeway.routing.TopicFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What users and clients may do, from a file of rules (docs/access.md has its syntax). What no rule allows is refused,
 * and a rule that denies is stronger than all that allow. Immutable.
 *
 * <p>Client ids are chosen by whoever connects. So rules by client id are for clients without a user name only: nobody
 * who has proven who he is gets more by choosing another id.
 */
public final class AccessRules implements Authorizer {
    private final RuleSet everybody;
    private final RuleSet anonymous;
    private final Map<String, RuleSet> users;
    private final Map<String, RuleSet> clients;
    private final ClientRules[] clientPatterns;

    /** Rules for clients whose id fits a pattern with wildcards. */
    record ClientRules(ClientPattern pattern, RuleSet rules) {}

    /**
     * @param everybody      with a user name or without
     * @param anonymous      without a user name
     * @param users          by user name
     * @param clients        without a user name, by client id
     * @param clientPatterns without a user name, by pattern of client ids
     */
    AccessRules(
            RuleSet everybody,
            RuleSet anonymous,
            Map<String, RuleSet> users,
            Map<String, RuleSet> clients,
            List<ClientRules> clientPatterns) {
        this.everybody = everybody;
        this.anonymous = anonymous;
        this.users = Map.copyOf(users);
        this.clients = Map.copyOf(clients);
        this.clientPatterns = clientPatterns.toArray(ClientRules[]::new);
    }

    /** @throws AccessFileException if the file cannot be read, or something in it is wrong */
    public static AccessRules load(Path file) throws AccessFileException {
        return AccessRulesReader.read(TextFile.open(file));
    }

    @Override
    public boolean mayPublish(Identity client, String topic) {
        return may(RuleSet::onPublish, client, topic);
    }

    /**
     * Refused if nothing of it could ever be received: a rule denies all of it, or none allows to read any of it. A
     * filter that is wider than what may be read is allowed, and {@link #mayReceive} keeps the rest away.
     */
    @Override
    public boolean maySubscribe(Identity client, TopicFilter filter) {
        return may(RuleSet::onSubscribe, client, filter.value());
    }

    @Override
    public boolean mayReceive(Identity client, String topic) {
        return may(RuleSet::onReceive, client, topic);
    }

    private boolean may(Question question, Identity client, String topic) {
        Verdict verdict = question.askOf(everybody, topic, client);
        if (!client.user().isEmpty()) {
            verdict = verdict.or(question.askOf(users.getOrDefault(client.user(), RuleSet.EMPTY), topic, client));
            return verdict == Verdict.ALLOWED;
        }
        verdict = verdict.or(question.askOf(anonymous, topic, client));
        if (!client.clientId().isEmpty()) {
            verdict = verdict.or(question.askOf(clients.getOrDefault(client.clientId(), RuleSet.EMPTY), topic, client));
            for (ClientRules each : clientPatterns) {
                if (each.pattern.matches(client.clientId())) {
                    verdict = verdict.or(question.askOf(each.rules, topic, client));
                }
            }
        }
        return verdict == Verdict.ALLOWED;
    }

    @FunctionalInterface
    private interface Question {
        Verdict askOf(RuleSet rules, String topic, Identity client);
    }
}
