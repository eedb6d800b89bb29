package io.causeway.gateway.config;

import io.causeway.access.ClientPattern;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect and do what: {@code clients}.
 *
 * @param allowed   a client may connect if one of the patterns matches its id
 * @param usersFile names and hashed passwords of MQTT clients; null: none are asked for
 * @param aclFile   who may publish and subscribe to which topics; null: everybody to all
 */
public record ClientsConfig(
        List<ClientPattern> allowed,
        @Nullable Path usersFile,
        @Nullable Path aclFile) {
    /** Everybody. */
    public static final ClientsConfig DEFAULT = new ClientsConfig(List.of(ClientPattern.ALL), null, null);

    public ClientsConfig {
        allowed = List.copyOf(allowed);
    }
}
