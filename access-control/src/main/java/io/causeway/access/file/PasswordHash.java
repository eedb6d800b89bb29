package io.causeway.access.file;

import io.causeway.codec.Octets;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A password that cannot be read any more, only compared with. */
sealed interface PasswordHash {
    /** Iterations of PBKDF2-HMAC-SHA512 that OWASP's cheat sheet for storing passwords asks for. */
    int DEFAULT_ITERATIONS = 210_000;

    /** A login with more takes half a minute. */
    int MAX_ITERATIONS = 50_000_000;

    /** Whether it is the hash of this password; takes as long whether it is or not. */
    boolean matches(Octets password);

    /**
     * PBKDF2 with HMAC-SHA512 (RFC 8018 §5.2).
     *
     * <pre>$pbkdf2-sha512$i=ITERATIONS$SALT$HASH    salt and hash in Base64 without padding
     * $7$ITERATIONS$SALT$HASH                  mosquitto's, with padding</pre>
     *
     * @param iterations 1 to {@link #MAX_ITERATIONS}
     * @param salt       not empty
     * @param hash       not empty
     */
    record Pbkdf2(int iterations, Octets salt, Octets hash) implements PasswordHash {
        static final String NAME = "pbkdf2-sha512";
        static final String MOSQUITTO_NAME = "7";
        static final String ITERATIONS = "i=";

        private static final int SALT_OCTETS = 16;
        private static final int HASH_OCTETS = 64;

        public Pbkdf2 {
            if (iterations < 1 || iterations > MAX_ITERATIONS) {
                throw new IllegalArgumentException("a hash has 1 to " + MAX_ITERATIONS + " iterations");
            }
            requireOctets(salt, "salt");
            requireOctets(hash, "hash");
        }

        /** The hash of a password under a new salt. */
        static Pbkdf2 of(Octets password, int iterations, SecureRandom random) {
            Octets salt = randomOctets(SALT_OCTETS, random);
            byte[] hash = derive(password, salt.toByteArray(), iterations, HASH_OCTETS);
            return new Pbkdf2(iterations, salt, Octets.of(hash));
        }

        /** One that takes as long as the others and that no password fits. */
        static Pbkdf2 ofNoPassword(SecureRandom random) {
            return new Pbkdf2(DEFAULT_ITERATIONS, randomOctets(SALT_OCTETS, random), randomOctets(HASH_OCTETS, random));
        }

        @Override
        public boolean matches(Octets password) {
            byte[] derived = derive(password, salt.toByteArray(), iterations, hash.length());
            return MessageDigest.isEqual(derived, hash.toByteArray());
        }

        /** As it stands in a file. */
        String text() {
            Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
            return "$" + NAME + "$" + ITERATIONS + iterations + "$" + encoder.encodeToString(salt.toByteArray()) + "$"
                    + encoder.encodeToString(hash.toByteArray());
        }

        private static Octets randomOctets(int length, SecureRandom random) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            return Octets.of(octets);
        }

        private static byte[] derive(Octets password, byte[] salt, int iterations, int octets) {
            PBEKeySpec key = new PBEKeySpec(textOf(password), salt, iterations, octets * Byte.SIZE);
            try {
                return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                        .generateSecret(key)
                        .getEncoded();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has PBKDF2 with HMAC-SHA512", e);
            } finally {
                key.clearPassword();
            }
        }

        /** The JDK derives from characters, in UTF-8; octets that are none fit no password that somebody has typed. */
        private static char[] textOf(Octets password) {
            CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(password.toByteArray()));
            char[] characters = new char[text.remaining()];
            text.get(characters);
            return characters;
        }
    }

    /**
     * SHA-512 over password and salt, once: what mosquitto wrote before version 2, quick to guess.
     *
     * <pre>$6$SALT$HASH    in Base64</pre>
     *
     * @param salt not empty
     * @param hash not empty
     */
    record SaltedSha512(Octets salt, Octets hash) implements PasswordHash {
        static final String MOSQUITTO_NAME = "6";

        public SaltedSha512 {
            requireOctets(salt, "salt");
            requireOctets(hash, "hash");
        }

        @Override
        public boolean matches(Octets password) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-512");
                digest.update(password.toByteArray());
                digest.update(salt.toByteArray());
                return MessageDigest.isEqual(digest.digest(), hash.toByteArray());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has SHA-512", e);
            }
        }
    }

    /**
     * The hash as it stands in a file.
     *
     * @throws IllegalArgumentException if it is none of a known kind; the message does not show it, for it may be a
     *     password by mistake
     */
    static PasswordHash parse(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length < 3 || !parts[0].isEmpty()) {
            throw new IllegalArgumentException("what follows the ':' is no hash");
        }
        return switch (parts[1]) {
            case Pbkdf2.NAME -> pbkdf2(parts, Pbkdf2.ITERATIONS);
            case Pbkdf2.MOSQUITTO_NAME -> pbkdf2(parts, "");
            case SaltedSha512.MOSQUITTO_NAME -> saltedSha512(parts);
            default -> throw new IllegalArgumentException("this is no hash of a kind that is known");
        };
    }

    private static PasswordHash pbkdf2(String[] parts, String beforeIterations) {
        if (parts.length != 5 || !parts[2].matches(beforeIterations + "[0-9]{1,8}")) {
            throw new IllegalArgumentException("the hash is damaged");
        }
        int iterations = Integer.parseInt(parts[2].substring(beforeIterations.length()));
        return new Pbkdf2(iterations, octets(parts[3]), octets(parts[4]));
    }

    private static PasswordHash saltedSha512(String[] parts) {
        if (parts.length != 4) {
            throw new IllegalArgumentException("the hash is damaged");
        }
        return new SaltedSha512(octets(parts[2]), octets(parts[3]));
    }

    private static Octets octets(String base64) {
        try {
            return Octets.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the hash is damaged", e);
        }
    }

    private static void requireOctets(Octets octets, String what) {
        if (octets.isEmpty()) {
            throw new IllegalArgumentException("the " + what + " is empty");
        }
    }
}
