package io.causeway.access.file;

import io.causeway.codec.Octets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Recognizes the password that a user has proven last, so that a thousand clients that reconnect at once do not cost a
 * slow hash each. Passwords themselves are not kept, only what a key of this process makes of them; a wrong one is
 * always as slow as the first. Safe for many threads; holds at most one entry for each user of the file.
 */
final class ProvenPasswords {
    private static final String HMAC = "HmacSHA256";
    private static final int KEY_OCTETS = 32;

    private final SecretKeySpec key;
    private final Map<String, Octets> fingerprints = new ConcurrentHashMap<>();

    ProvenPasswords(SecureRandom random) {
        byte[] octets = new byte[KEY_OCTETS];
        random.nextBytes(octets);
        this.key = new SecretKeySpec(octets, HMAC);
    }

    boolean has(String user, Octets password) {
        Octets proven = fingerprints.get(user);
        return proven != null
                && MessageDigest.isEqual(
                        proven.toByteArray(), fingerprint(user, password).toByteArray());
    }

    void add(String user, Octets password) {
        fingerprints.put(user, fingerprint(user, password));
    }

    private Octets fingerprint(String user, Octets password) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            // A user name holds no ':', so that no other user and password make the same octets.
            mac.update((user + ':').getBytes(StandardCharsets.UTF_8));
            return Octets.of(mac.doFinal(password.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
