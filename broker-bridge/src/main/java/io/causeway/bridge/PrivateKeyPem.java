package io.causeway.bridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads a private key in PEM: PKCS#8 (RFC 5958), plain or encrypted, and the older forms that OpenSSL writes, PKCS#1
 * for RSA and SEC 1 for elliptic curves. Java knows PKCS#8 only, so the older forms get its envelope.
 */
final class PrivateKeyPem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448", "RSASSA-PSS");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int CURVE = 0xA0; // [0] of SEC 1 ECPrivateKey
    private static final byte[] VERSION_0 = {2, 1, 0};
    /** rsaEncryption with NULL (RFC 8017, A.1). */
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    /** id-ecPublicKey (RFC 5480, 2.1.1), to be followed by the curve. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private PrivateKeyPem() {}

    /**
     * @param file named in messages
     * @throws IllegalArgumentException if there is no key that can be read; the message says why
     */
    static PrivateKey read(String pem, String file, String password) {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException("no private key in PEM in " + file);
        }
        if (block.group(2).contains("ENCRYPTED")) {
            throw new IllegalArgumentException("the key in " + file
                    + " is encrypted in OpenSSL's own way; 'openssl pkcs8 -topk8' turns it into PKCS#8");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return switch (block.group(1)) {
                case "PRIVATE KEY" -> fromPkcs8(der);
                case "RSA PRIVATE KEY" -> fromPkcs8(sequence(VERSION_0, sequence(RSA), tagged(OCTET_STRING, der)));
                case "EC PRIVATE KEY" ->
                    fromPkcs8(sequence(VERSION_0, sequence(EC, curveOf(der)), tagged(OCTET_STRING, der)));
                case "ENCRYPTED PRIVATE KEY" -> fromPkcs8(decrypted(der, password));
                default -> throw new IllegalArgumentException("a " + block.group(1) + " in " + file + " is not known");
            };
        } catch (GeneralSecurityException | IOException | IndexOutOfBoundsException e) {
            String hint = block.group(1).startsWith("ENCRYPTED") ? "; is the password right?" : "";
            throw new IllegalArgumentException("cannot read the key in " + file + ": " + e.getMessage() + hint, e);
        }
    }

    /** A PKCS#8 structure names its algorithm, but Java wants to be told. */
    private static PrivateKey fromPkcs8(byte[] der) throws GeneralSecurityException {
        GeneralSecurityException last = new InvalidKeySpecException("no key");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw new InvalidKeySpecException("none of " + ALGORITHMS, last);
    }

    private static byte[] decrypted(byte[] der, String password) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        // The parameters of PBES2 name the scheme in a form that Java has a factory for.
        String scheme = info.getAlgName().startsWith("PBEWith")
                ? info.getAlgName()
                : info.getAlgParameters().toString();
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray());
        Cipher cipher = Cipher.getInstance(scheme);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(scheme).generateSecret(spec),
                info.getAlgParameters());
        return info.getKeySpec(cipher).getEncoded();
    }

    /** The curve's identifier out of SEC 1's ECPrivateKey (RFC 5915): version, key, [0] curve, [1] public key. */
    private static byte[] curveOf(byte[] der) throws GeneralSecurityException {
        int at = contentStart(der, 0);
        while (at < der.length) {
            int start = contentStart(der, at);
            int end = start + contentLength(der, at);
            if ((der[at] & 0xFF) == CURVE) {
                return Arrays.copyOfRange(der, start, end);
            }
            at = end;
        }
        throw new InvalidKeySpecException("the curve is not named");
    }

    private static int contentStart(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
    }

    private static int contentLength(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xFF);
        }
        return length;
    }

    private static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, parts);
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (content.size() >= 0x100) {
            whole.write(0x82); // two octets of length: no key is longer
            whole.write(content.size() >> 8);
        } else if (content.size() >= 0x80) {
            whole.write(0x81);
        }
        whole.write(content.size());
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
