package io.causeway.broker.listen;

/**
 * What a listener shows and asks for with TLS. Files are in PEM.
 *
 * @param certificateFile    of the server, and what leads from it to its authority
 * @param keyFile            its private key, in PKCS#8
 * @param keyPassword        what the key is encrypted with; empty: it is not
 * @param clientCertificates whether clients have to prove who they are
 * @param clientCaFile       authorities whose certificates are believed; empty if none are asked for
 */
public record ListenerTls(
        String certificateFile,
        String keyFile,
        String keyPassword,
        ClientCertificates clientCertificates,
        String clientCaFile) {

    /** Whether certificates of clients are asked for; their common name stands for a user name. */
    public enum ClientCertificates {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /** @throws IllegalArgumentException if a file is missing that the others need, or one too many */
    public ListenerTls {
        if (certificateFile.isEmpty() || keyFile.isEmpty()) {
            throw new IllegalArgumentException("TLS needs a certificate and its key");
        }
        if ((clientCertificates == ClientCertificates.NONE) != clientCaFile.isEmpty()) {
            throw new IllegalArgumentException("client certificates and the file of their authorities come together");
        }
    }

    /** Without client certificates. */
    public ListenerTls(String certificateFile, String keyFile) {
        this(certificateFile, keyFile, "", ClientCertificates.NONE, "");
    }

    /** Without the password, so that a log can show it. */
    @Override
    public String toString() {
        return "ListenerTls[certificateFile=" + certificateFile + ", keyFile=" + keyFile + ", clientCertificates="
                + clientCertificates + ", clientCaFile=" + clientCaFile + "]";
    }
}
