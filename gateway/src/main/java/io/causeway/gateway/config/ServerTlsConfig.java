package io.causeway.gateway.config;

import java.nio.file.Path;
import java.util.List;

/**
 * TLS of the integrated broker's listeners: {@code upstream.tls} in mode integrated.
 *
 * @param certificateFile    PEM, the broker's certificate first and then its chain
 * @param keyFile            PEM, its private key
 * @param keyPassword        what the key is encrypted with; none if it is not
 * @param clientCaFiles      a PEM file of the authorities whose client certificates are taken, at most one
 * @param clientCertificates whether clients must show one
 */
public record ServerTlsConfig(
        Path certificateFile,
        Path keyFile,
        Secret keyPassword,
        List<Path> clientCaFiles,
        ClientCertificates clientCertificates) {

    /** What is asked of clients. */
    public enum ClientCertificates {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /** @throws IllegalArgumentException if certificates are asked for and nothing says whose, or the reverse */
    public ServerTlsConfig {
        clientCaFiles = List.copyOf(clientCaFiles);
        if (clientCaFiles.isEmpty() != (clientCertificates == ClientCertificates.NONE)) {
            throw new IllegalArgumentException("client-certificates and client-ca-file go together");
        }
    }
}
