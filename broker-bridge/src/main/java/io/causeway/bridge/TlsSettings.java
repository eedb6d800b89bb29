package io.causeway.bridge;

import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * How a connection is secured; counts for the schemes {@code mqtts} and {@code wss} only. Files are in PEM.
 *
 * @param caFile           certificates of the authorities to trust; empty: those that Java trusts
 * @param certificateFile  our certificate and what leads from it to its authority; empty: none is shown
 * @param keyFile          the private key of that certificate; empty with it
 * @param keyPassword      what the key is encrypted with; empty: it is not
 * @param alpnProtocols    protocols to offer (RFC 7301), first choice first; empty: none is offered
 * @param verifyServerName whether the server's certificate must be for the name that we connect to
 * @param serverName       name to ask for (SNI) and to verify instead of the host in the broker's address; empty: the
 *                         host
 */
public record TlsSettings(
        String caFile,
        String certificateFile,
        String keyFile,
        String keyPassword,
        List<String> alpnProtocols,
        boolean verifyServerName,
        String serverName) {
    public static final TlsSettings DEFAULTS = new TlsSettings("", "", "", "", List.of(), true, "");

    /** @throws IllegalArgumentException if there is a certificate without its key, or the other way round */
    public TlsSettings {
        if (certificateFile.isEmpty() != keyFile.isEmpty()) {
            throw new IllegalArgumentException("a client certificate and its key come together or not at all");
        }
        alpnProtocols = List.copyOf(alpnProtocols);
    }

    public TlsSettings withCaFile(String newCaFile) {
        return new TlsSettings(
                newCaFile, certificateFile, keyFile, keyPassword, alpnProtocols, verifyServerName, serverName);
    }

    public TlsSettings withClientCertificate(String newCertificateFile, String newKeyFile, String newKeyPassword) {
        return new TlsSettings(
                caFile, newCertificateFile, newKeyFile, newKeyPassword, alpnProtocols, verifyServerName, serverName);
    }

    public TlsSettings withAlpnProtocols(List<String> newAlpnProtocols) {
        return new TlsSettings(
                caFile, certificateFile, keyFile, keyPassword, newAlpnProtocols, verifyServerName, serverName);
    }

    public TlsSettings withServerName(boolean newVerifyServerName, String newServerName) {
        return new TlsSettings(
                caFile, certificateFile, keyFile, keyPassword, alpnProtocols, newVerifyServerName, newServerName);
    }

    /** @throws IllegalArgumentException if a file cannot be read or used; the message says which and why */
    public SSLContext toContext() {
        return TlsContext.of(this);
    }

    /** Without the password, so that a log can show it. */
    @Override
    public String toString() {
        return "TlsSettings[caFile=" + caFile + ", certificateFile=" + certificateFile + ", keyFile=" + keyFile
                + ", alpnProtocols=" + alpnProtocols + ", verifyServerName=" + verifyServerName + ", serverName="
                + serverName + "]";
    }
}
