package io.causeway.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * TLS towards the broker: {@code upstream.tls}.
 *
 * @param caFiles a PEM file of the certificates that are trusted, at most one; empty: those the Java runtime trusts
 * @param identity what the gateway shows of itself
 * @param alpn application protocols to offer, the preferred first; empty: the extension is not sent
 * @param verifyHostname whether the broker's certificate must bear its name
 * @param serverName the name to ask for (SNI) and to verify; empty: the host of the broker's address
 */
public record TlsConfig(
        List<Path> caFiles, ClientIdentity identity, List<String> alpn, boolean verifyHostname, String serverName) {

    /** The runtime's trusted certificates, no certificate of our own, the broker's name verified. */
    public static final TlsConfig DEFAULT =
            new TlsConfig(List.of(), new ClientIdentity.Anonymous(), List.of(), true, "");

    /** @throws IllegalArgumentException if there is more than one file of trusted certificates */
    public TlsConfig {
        caFiles = List.copyOf(caFiles);
        if (caFiles.size() > 1) {
            throw new IllegalArgumentException("more than one file of trusted certificates: " + caFiles);
        }
        alpn = List.copyOf(alpn);
        Objects.requireNonNull(identity);
        Objects.requireNonNull(serverName);
    }
}
