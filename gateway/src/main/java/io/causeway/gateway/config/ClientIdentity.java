package io.causeway.gateway.config;

import java.nio.file.Path;

/** What the gateway shows of itself in a TLS handshake. */
public sealed interface ClientIdentity {

    /** No certificate: the broker knows the gateway by user and password, or not at all. */
    record Anonymous() implements ClientIdentity {}

    /**
     * A certificate.
     *
     * @param certificateFile PEM, the gateway's certificate first and then its chain
     * @param keyFile PEM, the private key in PKCS #8
     * @param keyPassword what the key is encrypted with; none if it is not
     */
    record Certificate(Path certificateFile, Path keyFile, Secret keyPassword) implements ClientIdentity {}
}
