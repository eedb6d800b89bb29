package io.causeway.simulator.verify;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Certificate authorities that vouch for a broker. */
final class Authorities {
    private Authorities() {}

    /**
     * What a connection that is encrypted needs; the certificate has to name the host.
     *
     * @param caFile null: those of Java
     * @throws IOException if the file has no certificates in PEM; the message says so
     */
    static SslContext trusting(@Nullable Path caFile) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (caFile == null) {
            return builder.build();
        }
        if (!Files.isReadable(caFile)) {
            throw new IOException("cannot read " + caFile);
        }
        try {
            return builder.trustManager(caFile.toFile()).build();
        } catch (IllegalArgumentException | SSLException e) {
            throw new IOException("no certificates in PEM could be read from " + caFile + ": " + e.getMessage(), e);
        }
    }
}
