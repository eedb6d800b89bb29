package io.causeway.radio.udp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LocalAddressTest {
    private static final NetworkLink ETH0 = new NetworkLink("eth0", 2, true);
    private static final NetworkLink ETH1 = new NetworkLink("eth1", 3, true);

    @ParameterizedTest
    @CsvSource({
        "192.168.1.7, 24, 192.168.1.200, true",
        "192.168.1.7, 24, 192.168.2.200, false",
        "10.1.2.3,    20, 10.1.15.1,     true",
        "10.1.2.3,    20, 10.1.16.1,     false",
        "10.1.2.3,     0, 8.8.8.8,       true",
        "10.1.2.3,    32, 10.1.2.3,      true",
        "10.1.2.3,    32, 10.1.2.2,      false",
        "fd00::1,     64, fd00::9:1,     true",
        "fd00::1,     64, fd00:0:0:1::1, false",
        "10.1.2.3,     0, fd00::1,       false"
    })
    void peerWithTheSamePrefix_isANeighbour(String own, int prefixBits, String peer, boolean neighbour)
            throws UnknownHostException {
        LocalAddress local = new LocalAddress(InetAddress.getByName(own), prefixBits, ETH0);

        assertThat(local.isNeighbourOf(InetAddress.getByName(peer))).isEqualTo(neighbour);
    }

    @Test
    void sameLinkLocalOctetsOnTwoInterfaces_areTwoAddresses() throws UnknownHostException {
        LocalAddress first = new LocalAddress(linkLocal(2), 64, ETH0);
        LocalAddress second = new LocalAddress(linkLocal(3), 64, ETH1);

        assertThat(first.text()).isEqualTo("fe80::1%eth0");
        assertThat(second.text()).isEqualTo("fe80::1%eth1");
        assertThat(first.isStill(second)).isFalse();
    }

    @Test
    void interfaceMadeAnewUnderTheSameName_needsANewSocket() throws UnknownHostException {
        InetAddress address = InetAddress.getByName("192.168.1.7");
        LocalAddress before = new LocalAddress(address, 24, ETH0);

        assertThat(before.isStill(new LocalAddress(address, 24, new NetworkLink("eth0", 9, true))))
                .isFalse();
        assertThat(before.isStill(new LocalAddress(address, 16, new NetworkLink("eth0", 2, false))))
                .isTrue();
    }

    @Test
    void linkLocalAddressConfiguredWithoutScope_meansTheFirstThatHasIt() throws UnknownHostException {
        LocalAddress local = new LocalAddress(linkLocal(3), 64, ETH1);

        assertThat(local.isMeantBy(InetAddress.getByName("fe80::1"))).isTrue();
        assertThat(local.isMeantBy(linkLocal(3))).isTrue();
        assertThat(local.isMeantBy(linkLocal(2))).isFalse();
        assertThat(local.isMeantBy(InetAddress.getByName("fe80::2"))).isFalse();
    }

    private static Inet6Address linkLocal(int scopeId) throws UnknownHostException {
        return Inet6Address.getByAddress("", InetAddress.getByName("fe80::1").getAddress(), scopeId);
    }
}
