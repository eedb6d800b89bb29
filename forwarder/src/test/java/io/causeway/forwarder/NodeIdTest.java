package io.causeway.forwarder;

import io.causeway.codec.Octets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NodeIdTest {
    @Test
    void device_isItsLinkAndItsAddress() {
        NodeId node = NodeId.of(3, false, MemoryTransport.Address.of("0013a200"));

        assertThat(node.write()).contains(Octets.ofHex("03" + "04" + "0013a200"));
    }

    @Test
    void clientBehindABridge_isTheBridgeAndWhatTheBridgeCallsIt() {
        NodeId node = NodeId.bridged(0, MemoryTransport.Address.of(""), Octets.ofHex("1234"));

        assertThat(node.write()).contains(Octets.ofHex("80" + "00" + "1234"));
    }

    @Test
    void anyNode_isReadAsItWasWritten_andNoOtherIsWrittenSo() {
        Random random = new Random(7);
        Map<Octets, NodeId> written = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            boolean bridged = random.nextBoolean();
            NodeId node = new NodeId(
                    random.nextInt(NodeId.MAX_LINK + 1),
                    random.nextBoolean(),
                    octets(random, random.nextBoolean() ? 3 : 128),
                    bridged,
                    bridged ? octets(random, random.nextBoolean() ? 3 : 124) : Octets.EMPTY);

            Octets id = node.write().orElseThrow();

            assertThat(NodeId.read(id)).contains(node);
            assertThat(written.merge(id, node, (former, same) -> former)).isEqualTo(node);
        }
    }

    @Test
    void anyOctets_areReadAsTheyAreWrittenOrNotAtAll() {
        Random random = new Random(8);
        for (int i = 0; i < 50_000; i++) {
            Octets octets = octets(random, random.nextBoolean() ? 4 : 253);
            NodeId.read(octets).ifPresent(node -> assertThat(node.write()).contains(octets));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0001", "000000", "3f00", "bf00aa", "00ff00"})
    void octetsThatNoForwarderWrites_areNoNode(String hex) {
        assertThat(NodeId.read(Octets.ofHex(hex))).isEmpty();
    }

    @Test
    void idOfTheForwarderItself_isThatOfNoDevice() {
        assertThat(NodeId.read(NodeId.OWN)).isEmpty();
    }

    @Test
    void bridgesBehindBridges_haveRoomUpToTheLimitOfAnEnvelope() {
        MemoryTransport.Address bridge = MemoryTransport.Address.of("00".repeat(10));

        assertThat(NodeId.bridged(0, bridge, Octets.of(new byte[240])).write())
                .get()
                .matches(id -> id.length() == 252);
        assertThat(NodeId.bridged(0, bridge, Octets.of(new byte[241])).write()).isEmpty();
    }

    private static Octets octets(Random random, int bound) {
        byte[] octets = new byte[random.nextInt(bound)];
        random.nextBytes(octets);
        return Octets.of(octets);
    }
}
