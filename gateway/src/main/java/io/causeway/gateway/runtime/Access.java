package io.causeway.gateway.runtime;

import io.causeway.access.Authenticator;
import io.causeway.access.Authorizer;
import io.causeway.access.Credentials;
import io.causeway.access.Identity;
import io.causeway.access.file.AccessFileException;
import io.causeway.access.file.AccessRules;
import io.causeway.access.file.FileAuthenticator;
import io.causeway.access.file.LoginSettings;
import io.causeway.gateway.config.GatewayConfig;
import io.causeway.gateway.config.IntegratedUpstream;
import io.causeway.gateway.config.ServerTlsConfig;
import io.causeway.gateway.config.ServerTlsConfig.ClientCertificates;
import java.nio.file.Path;
import java.util.Optional;

/** Who is let in, and what each may do, as the settings and the files that they name say at one moment. */
record Access(Authenticator authenticator, Authorizer authorizer) {

    /** @throws AccessFileException if a file cannot be read, or something in it is wrong */
    static Access load(GatewayConfig config) throws AccessFileException {
        Path acl = config.clients().aclFile();
        return new Access(authenticator(config), acl == null ? Authorizer.OPEN : AccessRules.load(acl));
    }

    private static Authenticator authenticator(GatewayConfig config) throws AccessFileException {
        if (!(config.upstream() instanceof IntegratedUpstream broker)) {
            return Authenticator.ANYBODY; // nobody logs in here
        }
        Path users = config.clients().usersFile();
        ServerTlsConfig tls = broker.tls();
        boolean certificates = tls != null && tls.clientCertificates() != ClientCertificates.NONE;
        if (users != null) {
            return FileAuthenticator.load(users, new LoginSettings(broker.anonymous(), certificates));
        }
        return certificates ? Access::byCertificate : Authenticator.ANYBODY;
    }

    /** Without a list of users, a certificate is the only name that is proven. */
    private static Optional<Identity> byCertificate(Credentials credentials) {
        String name = credentials.certificateName();
        return Optional.of(new Identity(credentials.clientId(), name == null ? "" : name));
    }
}
