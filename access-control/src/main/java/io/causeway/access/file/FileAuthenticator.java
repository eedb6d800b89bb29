package io.causeway.access.file;

import io.causeway.access.Authenticator;
import io.causeway.access.Credentials;
import io.causeway.access.Identity;
import io.causeway.codec.Octets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whom a password file names, and whom the settings allow besides. A host from which too many wrong passwords
 * came is refused unheard for some seconds. Safe for many threads.
 */
public final class FileAuthenticator implements Authenticator {
    private static final Logger LOGGER = LoggerFactory.getLogger(FileAuthenticator.class);

    private final PasswordFile passwords;
    private final LoginSettings settings;
    private final LongSupplier nanoTime;
    private final ProvenPasswords proven;
    private final FailedLogins failures = new FailedLogins();
    /** What a user who is not in the file is compared with: who guesses names learns nothing from the time it takes. */
    private final PasswordHash nobody;

    FileAuthenticator(PasswordFile passwords, LoginSettings settings, LongSupplier nanoTime, SecureRandom random) {
        this.passwords = passwords;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.proven = new ProvenPasswords(random);
        this.nobody = PasswordHash.Pbkdf2.ofNoPassword(random);
    }

    /**
     * Lets in nobody but the users of the file.
     *
     * @throws AccessFileException if the file cannot be read, or something in it is wrong
     */
    public static FileAuthenticator load(Path passwordFile) throws AccessFileException {
        return load(passwordFile, LoginSettings.PASSWORDS_ONLY);
    }

    /** @throws AccessFileException if the file cannot be read, or something in it is wrong */
    public static FileAuthenticator load(Path passwordFile, LoginSettings settings) throws AccessFileException {
        PasswordFile passwords = PasswordFile.read(TextFile.open(passwordFile));
        return new FileAuthenticator(passwords, settings, System::nanoTime, new SecureRandom());
    }

    /** Lets in nobody but those whom the settings allow: there are no users with passwords. */
    public static FileAuthenticator withoutPasswords(LoginSettings settings) {
        return new FileAuthenticator(PasswordFile.EMPTY, settings, System::nanoTime, new SecureRandom());
    }

    @Override
    public Optional<Identity> authenticate(Credentials credentials) {
        String certificateName = credentials.certificateName();
        if (settings.certificateNames() && certificateName != null && !certificateName.isEmpty()) {
            return Optional.of(new Identity(credentials.clientId(), certificateName));
        }
        String user = credentials.user();
        if (user == null || user.isEmpty()) {
            return settings.anonymous() ? Optional.of(Identity.anonymous(credentials.clientId())) : Optional.empty();
        }
        return isPasswordOf(user, credentials.password(), credentials.host())
                ? Optional.of(new Identity(credentials.clientId(), user))
                : Optional.empty();
    }

    private boolean isPasswordOf(String user, @Nullable Octets password, Object host) {
        if (password == null || !failures.mayTry(host, nanoTime.getAsLong())) {
            return false;
        }
        if (proven.has(user, password)) {
            return true;
        }
        Optional<PasswordHash> hash = passwords.of(user);
        if (hash.orElse(nobody).matches(password) && hash.isPresent()) {
            proven.add(user, password);
            return true;
        }
        if (failures.add(host, nanoTime.getAsLong())) {
            LOGGER.warn("logins are slowed address={} cause=too many wrong passwords", host);
        }
        return false;
    }
}
