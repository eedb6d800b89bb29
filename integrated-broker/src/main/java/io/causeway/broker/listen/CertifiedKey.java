package io.causeway.broker.listen;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a listener's key is that of its certificate, and whether the certificate is valid today: TLS itself
 * notices only when clients fail, and tells them, not us, why.
 */
final class CertifiedKey {
    private static final Logger LOGGER = LoggerFactory.getLogger(MqttListener.class);
    private static final Pattern PLAIN_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
    private static final byte[] SAMPLE = "who signs this has the key".getBytes(StandardCharsets.US_ASCII);

    private CertifiedKey() {}

    /**
     * What cannot be read, or is encrypted, is left to the TLS library.
     *
     * @throws IOException if the key is not that of the certificate
     */
    static void check(ListenerTls settings) throws IOException {
        Optional<X509Certificate> certificate = certificateIn(settings.certificateFile());
        if (certificate.isEmpty()) {
            return;
        }
        warnUnlessValid(certificate.get(), settings.certificateFile());
        PublicKey certified = certificate.get().getPublicKey();
        Matcher pem = PLAIN_KEY.matcher(text(settings.keyFile()));
        if (pem.find() && !isPairOf(certified, pem.group(1))) {
            throw new IOException("the key in " + settings.keyFile() + " is not that of the certificate in "
                    + settings.certificateFile());
        }
    }

    private static Optional<X509Certificate> certificateIn(String file) throws IOException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return factory
                    .generateCertificates(new ByteArrayInputStream(text(file).getBytes(StandardCharsets.ISO_8859_1)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .findFirst();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private static void warnUnlessValid(X509Certificate certificate, String file) {
        try {
            certificate.checkValidity();
        } catch (CertificateException e) {
            LOGGER.warn("clients will refuse the certificate in {}: {}", file, e.getMessage());
        }
    }

    private static boolean isPairOf(PublicKey certified, String base64) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            PrivateKey key =
                    KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            Signature signing = Signature.getInstance(signatureFor(certified));
            signing.initSign(key);
            signing.update(SAMPLE);
            byte[] signature = signing.sign();
            signing.initVerify(certified);
            signing.update(SAMPLE);
            return signing.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String signatureFor(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            default -> key.getAlgorithm();
        };
    }

    private static String text(String file) throws IOException {
        return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    }
}
