package io.causeway.broker.listen;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Who a client is by the certificate that its TLS connection was opened with. */
final class CertificateName {
    private static final String COMMON_NAME = "CN";

    private CertificateName() {}

    /** The common name of the verified certificate; empty without TLS, without a certificate or without that name. */
    static Optional<String> of(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate =
                    (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
            return commonName(certificate.getSubjectX500Principal().getName());
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    /** @param distinguishedName in the form of RFC 2253 */
    static Optional<String> commonName(String distinguishedName) {
        try {
            for (Rdn part : new LdapName(distinguishedName).getRdns()) {
                if (part.getType().equalsIgnoreCase(COMMON_NAME)) {
                    return Optional.of(part.getValue().toString());
                }
            }
            return Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
