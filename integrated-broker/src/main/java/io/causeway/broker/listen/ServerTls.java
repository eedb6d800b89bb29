package io.causeway.broker.listen;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** Makes the server's side of TLS from PEM files. */
final class ServerTls {
    /** Sessions that a client may resume, so that reconnecting costs no signature. */
    private static final int CACHED_SESSIONS = 10_000;

    private ServerTls() {}

    /** @throws IOException if a file cannot be read or used; the message says which and why */
    static SslContext of(ListenerTls settings) throws IOException {
        requireReadable(settings.certificateFile());
        requireReadable(settings.keyFile());
        CertifiedKey.check(settings);
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(
                            new File(settings.certificateFile()),
                            new File(settings.keyFile()),
                            settings.keyPassword().isEmpty() ? null : settings.keyPassword())
                    .sessionCacheSize(CACHED_SESSIONS);
            switch (settings.clientCertificates()) {
                case NONE -> builder.clientAuth(ClientAuth.NONE);
                case OPTIONAL -> trustClients(builder, settings, ClientAuth.OPTIONAL);
                case REQUIRED -> trustClients(builder, settings, ClientAuth.REQUIRE);
            }
            return builder.build();
        } catch (IllegalArgumentException | SSLException e) {
            throw new IOException(
                    "cannot use the certificate in " + settings.certificateFile() + " with the key in "
                            + settings.keyFile() + ": " + reason(e)
                            + "; a key has to be in PKCS#8, 'openssl pkcs8 -topk8' turns it into that",
                    e);
        }
    }

    private static void trustClients(SslContextBuilder builder, ListenerTls settings, ClientAuth wanted)
            throws IOException {
        requireReadable(settings.clientCaFile());
        try {
            builder.trustManager(new File(settings.clientCaFile())).clientAuth(wanted);
        } catch (IllegalArgumentException e) {
            throw new IOException("no certificates in PEM in " + settings.clientCaFile() + ": " + reason(e), e);
        }
    }

    private static void requireReadable(String file) throws IOException {
        if (!new File(file).canRead()) {
            throw new IOException("cannot read " + file);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }
}
