package io.causeway.access.file;

import io.causeway.access.ClientPattern;
import io.causeway.access.file.TextFile.LineException;
import io.causeway.routing.TopicFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a file of rules, whose lines are close to those of mosquitto's. Owned by the one call that reads the file. */
final class AccessRulesReader {
    private static final String LINES = "topic, pattern, user, client, or a comment that begins with #";
    private static final String ACCESSES = "read, write, readwrite, deny";
    private static final String FILTERS = "a topic filter like plant/+/temperature or plant/#";
    private static final String SHARE = "$share/";

    private final RuleSet.Builder everybody = new RuleSet.Builder();
    private final RuleSet.Builder anonymous = new RuleSet.Builder();
    private final Map<String, RuleSet.Builder> users = new HashMap<>();
    private final Map<ClientPattern, RuleSet.Builder> clients = new LinkedHashMap<>();
    /** Whom the next topic line is for. */
    private RuleSet.Builder section = anonymous;

    private AccessRulesReader() {}

    /** @throws AccessFileException if something in it is wrong */
    static AccessRules read(TextFile file) throws AccessFileException {
        AccessRulesReader reader = new AccessRulesReader();
        file.read(reader::read);
        return reader.rules();
    }

    private void read(String line) throws LineException {
        Words words = Words.of(line);
        switch (words.first) {
            case "user" ->
                section = users.computeIfAbsent(
                        words.requireRest("user", "a user name"), unused -> new RuleSet.Builder());
            case "client" ->
                section = clients.computeIfAbsent(
                        new ClientPattern(words.requireRest("client", "a client id, with * and ? as wildcards")),
                        unused -> new RuleSet.Builder());
            case "topic" -> addTo(section, words, false);
            case "pattern" -> addTo(everybody, words, true);
            default -> throw new LineException("'" + words.first + "' begins no line of rules", LINES);
        }
    }

    private static void addTo(RuleSet.Builder rules, Words words, boolean namesAreReplaced) throws LineException {
        String rule = words.requireRest(words.first, "[" + ACCESSES.replace(", ", "|") + "] FILTER");
        Words parts = Words.of(rule);
        Optional<RuleAccess> access = RuleAccess.of(parts.first);
        if (access.isEmpty() && !parts.rest.isEmpty()) {
            throw new LineException("'" + parts.first + "' is no kind of access", ACCESSES);
        }
        String filter = access.isEmpty() ? rule : parts.requireRest(parts.first, FILTERS);
        rules.add(access.orElse(RuleAccess.READWRITE), filter(filter, namesAreReplaced));
    }

    private static RuleFilter filter(String text, boolean namesAreReplaced) throws LineException {
        if (TopicFilter.parse(text).isEmpty()) {
            throw new LineException("'" + text + "' is no topic filter", FILTERS);
        }
        if (text.startsWith(SHARE)) {
            throw new LineException(
                    "a rule is about topics, however they are subscribed to", "what follows $share/GROUP/");
        }
        String[] names = text.split("/", -1);
        Level[] levels = new Level[names.length];
        for (int i = 0; i < names.length; i++) {
            levels[i] = level(names[i], namesAreReplaced);
        }
        return new RuleFilter(levels);
    }

    private static Level level(String name, boolean namesAreReplaced) throws LineException {
        for (Level.Wildcard wildcard : Level.Wildcard.values()) {
            if (name.equals(wildcard.sign())) {
                return wildcard;
            }
        }
        for (Level.Own own : Level.Own.values()) {
            if (own.isWithin(name) && !namesAreReplaced) {
                throw new LineException("'" + name + "' stands for a name in a line that begins with pattern only", "");
            }
            if (own.isWrittenAs(name)) {
                return own;
            }
            if (own.isWithin(name)) {
                throw new LineException("'" + name + "' is only partly a name", own.sign() + " as a whole level");
            }
        }
        return new Level.Named(name);
    }

    private AccessRules rules() {
        Map<String, RuleSet> byUser = new HashMap<>();
        users.forEach((user, rules) -> byUser.put(user, rules.build()));
        Map<String, RuleSet> byClient = new HashMap<>();
        List<AccessRules.ClientRules> byPattern = new ArrayList<>();
        clients.forEach((pattern, rules) -> {
            if (pattern.hasWildcards()) {
                byPattern.add(new AccessRules.ClientRules(pattern, rules.build()));
            } else {
                byClient.put(pattern.pattern(), rules.build());
            }
        });
        return new AccessRules(everybody.build(), anonymous.build(), byUser, byClient, byPattern);
    }

    /** The first word of a text, and what follows it; empty if nothing does. */
    private record Words(String first, String rest) {
        static Words of(String text) {
            String[] parts = text.split("\\s+", 2);
            return new Words(parts[0], parts.length == 1 ? "" : parts[1]);
        }

        String requireRest(String word, String allowed) throws LineException {
            if (rest.isEmpty()) {
                throw new LineException("nothing follows '" + word + "'", allowed);
            }
            return rest;
        }
    }
}
