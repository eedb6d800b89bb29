package io.causeway.bridge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes Java's TLS context from PEM files. */
final class TlsContext {
    /** Of a key store that never leaves this process. */
    private static final char[] NO_PASSWORD = {};

    private TlsContext() {}

    /** @throws IllegalArgumentException if a file cannot be read or used; the message says which and why */
    static SSLContext of(TlsSettings settings) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(settings), trustManagers(settings), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static KeyManager @Nullable [] keyManagers(TlsSettings settings) throws GeneralSecurityException {
        if (settings.certificateFile().isEmpty()) {
            return null;
        }
        Certificate[] chain = certificates(settings.certificateFile()).toArray(Certificate[]::new);
        PrivateKey key = PrivateKeyPem.read(text(settings.keyFile()), settings.keyFile(), settings.keyPassword());
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trustManagers(TlsSettings settings) throws GeneralSecurityException {
        if (settings.caFile().isEmpty()) {
            return null; // those of Java
        }
        KeyStore store = emptyStore();
        for (Certificate authority : certificates(settings.caFile())) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store is never read from anywhere", e);
        }
    }

    private static Collection<? extends Certificate> certificates(String file) {
        byte[] octets = octets(file);
        try {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(octets));
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("no certificate in " + file);
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no certificates in PEM in " + file + ": " + e.getMessage(), e);
        }
    }

    private static String text(String file) {
        return new String(octets(file), StandardCharsets.ISO_8859_1);
    }

    private static byte[] octets(String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e, e);
        }
    }
}
