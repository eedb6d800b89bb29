package io.causeway.dialect.v12;

import io.causeway.codec.Octets;
import io.causeway.harness.TestAddress;
import io.causeway.session.NetworkIdentity;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ForwardedIdentityTest {
    private static final TestAddress FORWARDER = new TestAddress("2001:db8::1/64", 1883);

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0a0b2f"})
    void storedForm_isFoundAgain(String nodeId) {
        NetworkIdentity identity = new ForwardedIdentity(FORWARDER, Octets.ofHex(nodeId));

        assertThat(ForwardedIdentity.find(identity.storedForm(), ForwardedIdentityTest::forwarder))
                .contains(identity);
    }

    @Test
    void forwarderInAForwarder_isFoundAgain() {
        NetworkIdentity outer = new ForwardedIdentity(FORWARDER, Octets.ofHex("0a"));
        NetworkIdentity inner = new ForwardedIdentity(outer, Octets.ofHex("0b"));

        Optional<NetworkIdentity> found = ForwardedIdentity.find(
                inner.storedForm(), form -> ForwardedIdentity.find(form, ForwardedIdentityTest::forwarder));

        assertThat(found).contains(inner);
    }

    @Test
    void whoIsNotBehindAForwarder_isTheAffairOfItsLink() {
        assertThat(ForwardedIdentity.find(FORWARDER.storedForm(), ForwardedIdentityTest::forwarder))
                .contains(FORWARDER);
        assertThat(ForwardedIdentity.find("", ForwardedIdentityTest::forwarder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"behind/", "behind/0a", "behind/0a/", "behind/0a/nowhere"})
    void whatCannotBeFound_isNowhere(String storedForm) {
        assertThat(ForwardedIdentity.find(storedForm, ForwardedIdentityTest::forwarder))
                .isEmpty();
    }

    @Test
    void behindALinkThatCannotBeFoundAgain_thereIsNoStoredForm() {
        NetworkIdentity unnamed = new NetworkIdentity() {
            @Override
            public Object admissionKey() {
                return "host";
            }

            @Override
            public int largestPacketOctets() {
                return 100;
            }
        };

        assertThat(new ForwardedIdentity(unnamed, Octets.ofHex("0a")).storedForm())
                .isEmpty();
    }

    private static Optional<NetworkIdentity> forwarder(String storedForm) {
        return storedForm.equals(FORWARDER.storedForm()) ? Optional.of(FORWARDER) : Optional.empty();
    }
}
