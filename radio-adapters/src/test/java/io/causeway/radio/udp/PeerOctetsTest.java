package io.causeway.radio.udp;

import io.causeway.radio.LinkAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PeerOctetsTest {
    private static final String LINK_LOCAL = "fe80::1";
    private static final NetworkLink LINK = new NetworkLink("longest-ifname0", 4, true);

    @Test
    void ipv4_isTenOctets() throws Exception {
        byte[] octets = new PeerOctets(local("192.0.2.1"), new InetSocketAddress("192.0.2.7", 4711)).write();

        assertThat(HexFormat.of().formatHex(octets)).isEqualTo("c0000201" + "c0000207" + "1267");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1", LINK_LOCAL})
    void whatIsWritten_isReadAgain(String address) throws Exception {
        LocalAddress local = local(address);
        PeerOctets peer = new PeerOctets(local, new InetSocketAddress(InetAddress.getByName(address), 65_535));

        PeerOctets read = PeerOctets.read(peer.write()).orElseThrow();

        assertThat(read.local().text()).isEqualTo(local.text());
        assertThat(read.remote()).isEqualTo(peer.remote());
        assertThat(peer.write()).hasSizeLessThanOrEqualTo(LinkAddress.MAX_OCTETS);
    }

    @Test
    void linkLocalPeer_isReachedOverTheLinkOfItsEndpoint() throws Exception {
        LocalAddress local = local(LINK_LOCAL);
        UdpEndpoint endpoint = new UdpEndpoint(local, new TrafficLog("test"));

        UdpAddress address = new PeerOctets(local, new InetSocketAddress("fe80::2", 1)).at(endpoint);

        assertThat(address).hasToString("[fe80::2%" + LINK.name() + "]:1");
        assertThat(address.remote().getAddress().toString()).endsWith("%" + LINK.index());
    }

    @Test
    void anyOctets_areReadAsTheyAreWrittenOrNotAtAll() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(140)];
            random.nextBytes(octets);
            PeerOctets.read(octets).ifPresent(peer -> assertThat(peer.write()).isEqualTo(octets));
        }
    }

    private static LocalAddress local(String address) throws Exception {
        return new LocalAddress(InetAddress.getByName(address), 64, LINK);
    }
}
