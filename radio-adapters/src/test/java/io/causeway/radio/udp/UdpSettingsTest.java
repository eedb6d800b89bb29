package io.causeway.radio.udp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UdpSettingsTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("0.0.0.0", 1883);
    private static final MulticastGroup GROUP = new MulticastGroup(new InetSocketAddress("225.1.1.1", 1883));

    @Test
    void defaults_areThoseOfMqttSnOverUdp() {
        UdpSettings settings = UdpSettings.at(ANY, List.of(GROUP));

        assertThat(settings.receiveBufferOctets()).isEqualTo(4 * 1024 * 1024);
        assertThat(settings.largestDatagramOctets()).isEqualTo(65_507);
    }

    @ParameterizedTest
    @CsvSource({"0, 100, 1, 1", "1, 0, 1, 1", "1, 65508, 1, 1", "1, 100, 0, 1", "1, 100, 256, 1", "1, 100, 1, 0"})
    void valueOutOfRange_isRefused(int receiveBufferOctets, int largestDatagramOctets, int hops, int scanSeconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UdpSettings(
                        ANY,
                        List.of(),
                        receiveBufferOctets,
                        largestDatagramOctets,
                        hops,
                        Duration.ofSeconds(scanSeconds)));
    }

    @Test
    void groupOfTheOtherAddressFamily_isRefused() {
        InetSocketAddress anyIpv6 = new InetSocketAddress("::", 1883);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> UdpSettings.at(anyIpv6, List.of(GROUP)))
                .withMessageContaining("address family");
    }

    @Test
    void nameInsteadOfAnAddress_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UdpSettings.at(InetSocketAddress.createUnresolved("gateway", 1883)));
    }

    @Test
    void groupToServeAt_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> UdpSettings.at(new InetSocketAddress("225.1.1.1", 1883)));
    }

    @Test
    void groupThatIsNone_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MulticastGroup(new InetSocketAddress("192.0.2.1", 1883)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MulticastGroup(new InetSocketAddress("225.1.1.1", 0)));
    }
}
