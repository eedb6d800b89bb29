package io.causeway.broker.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What clients do, one step after the other.
 *
 * @param versions    by client; 3.1.1 of all others
 * @param overlapping whether a client may have several subscriptions that match the same message
 */
record Script(Map<String, Version> versions, boolean overlapping, List<Step> steps) {
    /** Of clients that belong to a shared subscription: which of them gets a message is the broker's choice. */
    static final String MEMBER = "member";

    /** Of a client that lets the broker choose its client id. */
    static final String NAMELESS = "nameless";

    Script {
        versions = Map.copyOf(versions);
        steps = List.copyOf(steps);
    }

    /** All clients of one version. */
    static Script of(Version version, Step... steps) {
        List<Step> all = List.of(steps);
        return new Script(
                all.stream().map(Step::client).distinct().collect(Collectors.toMap(each -> each, each -> version)),
                false,
                all);
    }

    static Script mqtt5(Step... steps) {
        return of(Version.V5, steps);
    }

    Version version(String client) {
        return versions.getOrDefault(client, Version.V3_1_1);
    }

    Script without(int index) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.remove(index);
        return new Script(versions, overlapping, fewer);
    }
}
