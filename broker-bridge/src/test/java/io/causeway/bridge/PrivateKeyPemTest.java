package io.causeway.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Keys as OpenSSL writes them. */
class PrivateKeyPemTest {
    private final OpenSsl openSsl;

    PrivateKeyPemTest(@TempDir Path directory) {
        this.openSsl = new OpenSsl(directory);
    }

    private PrivateKey read(String name, String password) throws IOException {
        return PrivateKeyPem.read(Files.readString(Path.of(openSsl.file(name))), name, password);
    }

    @Test
    void rsaInItsThreeForms_isTheSameKey() throws IOException {
        openSsl.run("genrsa -traditional -out pkcs1.pem 2048");
        openSsl.run("pkcs8 -topk8 -nocrypt -in pkcs1.pem -out pkcs8.pem");
        openSsl.run("pkcs8 -topk8 -passout pass:secret -in pkcs1.pem -out encrypted.pem");
        PrivateKey key = read("pkcs8.pem", "");
        assertThat(key.getAlgorithm()).isEqualTo("RSA");
        assertThat(read("pkcs1.pem", "")).isEqualTo(key);
        assertThat(read("encrypted.pem", "secret")).isEqualTo(key);
    }

    @Test
    void ellipticCurveInItsTwoForms_isTheSameKey() throws IOException {
        openSsl.run("ecparam -name prime256v1 -genkey -noout -out sec1.pem");
        openSsl.run("pkcs8 -topk8 -nocrypt -in sec1.pem -out pkcs8.pem");
        ECPrivateKey key = (ECPrivateKey) read("pkcs8.pem", "");
        ECPrivateKey sec1 = (ECPrivateKey) read("sec1.pem", "");
        assertThat(sec1.getS()).isEqualTo(key.getS());
        assertThat(sec1.getParams().getCurve()).isEqualTo(key.getParams().getCurve());
    }

    @Test
    void parametersBeforeTheKey_areSkipped() throws IOException {
        openSsl.run("ecparam -name secp384r1 -genkey -out with-parameters.pem");
        assertThat(read("with-parameters.pem", "").getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void ed25519_isRead() throws IOException {
        openSsl.run("genpkey -algorithm ed25519 -out ed.pem");
        assertThat(read("ed.pem", "").getAlgorithm()).isEqualTo("EdDSA");
    }

    @Test
    void passwordWrong_isSuspected() {
        openSsl.run("genpkey -algorithm rsa -aes-256-cbc -pass pass:secret -out encrypted.pem");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("encrypted.pem", "wrong"))
                .withMessageContaining("encrypted.pem")
                .withMessageContaining("is the password right?");
    }

    @Test
    void encryptedInTheOldWay_isRefusedWithAdvice() {
        openSsl.run("genrsa -traditional -aes128 -passout pass:secret -out old.pem 2048");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("old.pem", "secret"))
                .withMessageContaining("openssl pkcs8 -topk8");
    }

    @Test
    void noKey_isNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrivateKeyPem.read("-----BEGIN CERTIFICATE-----", "some.crt", ""))
                .withMessage("no private key in PEM in some.crt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrivateKeyPem.read(
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "broken.key", ""))
                .withMessageContaining("cannot read the key in broken.key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrivateKeyPem.read(
                        "-----BEGIN EC PRIVATE KEY-----\nMA==\n-----END EC PRIVATE KEY-----", "broken.key", ""))
                .withMessageContaining("cannot read the key in broken.key");
    }
}
