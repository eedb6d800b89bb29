package io.causeway.session;

import io.causeway.access.Authorizer;
import io.causeway.access.ClientPattern;
import java.util.List;

/**
 * What the configuration says about clients and may say anew while the gateway runs. Immutable.
 *
 * @param allowed          patterns of client ids that may connect
 * @param predefinedTopics by client
 * @param authorizer       what clients may publish and receive
 */
public record ClientPolicy(List<ClientPattern> allowed, PredefinedTopics predefinedTopics, Authorizer authorizer) {
    /** Everybody may do everything; no predefined topics. */
    public static final ClientPolicy OPEN =
            new ClientPolicy(List.of(ClientPattern.ALL), PredefinedTopics.none(), Authorizer.OPEN);

    public ClientPolicy {
        allowed = List.copyOf(allowed);
    }

    boolean allows(String clientId) {
        for (ClientPattern pattern : allowed) {
            if (pattern.matches(clientId)) {
                return predefinedTopics.acceptsClientId(clientId);
            }
        }
        return false;
    }
}
