package io.causeway.gateway.config;

import io.causeway.settings.ConfigException;
import io.causeway.settings.ConfigProblem;
import io.causeway.settings.HostPort;
import io.causeway.settings.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ForwarderReaderTest {
    private static final String LINKS = "links: [{type: udp, bind: '0.0.0.0:1884'}]\n";

    @Test
    void linksAndGateway_areEnough() throws Exception {
        ForwarderConfig config = read(LINKS + "gateway: udp://gw.example");

        assertThat(config)
                .isEqualTo(new ForwarderConfig(
                        List.of(UdpLink.on(new HostPort("0.0.0.0", 1884))),
                        new ForwardTo.Listed(List.of(new HostPort("gw.example", 1883))),
                        1885,
                        new AdminConfig.Listening(new HostPort("127.0.0.1", 9884)),
                        LogLevel.INFO));
    }

    @Test
    void everyKey_isRead() throws Exception {
        ForwarderConfig config = read(LINKS + """
                gateway: ["udp://gw.example:1999", "udp://[2001:db8::1]", "udp://192.0.2.7:5"]
                gateway-port: 0
                admin: none
                log-level: debug
                """);

        assertThat(config.gateway())
                .isEqualTo(new ForwardTo.Listed(List.of(
                        new HostPort("gw.example", 1999),
                        new HostPort("2001:db8::1", 1883),
                        new HostPort("192.0.2.7", 5))));
        assertThat(config.gatewayPort()).isZero();
        assertThat(config.admin()).isEqualTo(new AdminConfig.Disabled());
        assertThat(config.logLevel()).isEqualTo(LogLevel.DEBUG);
    }

    @Test
    void gatewayToBeDiscovered_isLookedForInAGroup() throws Exception {
        assertThat(read(LINKS + "gateway: discover").gateway())
                .isEqualTo(new ForwardTo.Discovered(new HostPort("225.1.1.1", 1883), List.of()));
        assertThat(read(LINKS + """
                gateway: discover
                discovery-group: "[ff03::1]:1883"
                interfaces: [wpan0]
                """).gateway())
                .isEqualTo(new ForwardTo.Discovered(new HostPort("ff03::1", 1883), List.of("wpan0")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gateway: gw.example           | forward.yaml:2:10: gateway: 'gw.example' does not begin with udp://
            gateway: mqtt://gw.example    | forward.yaml:2:10: gateway: 'mqtt://gw.example' does not begin with udp://
            gateway: udp://gw.example:0   | forward.yaml:2:10: gateway: a gateway needs a port
            gateway: []                   | forward.yaml:2:10: gateway: no gateway is given
            gateway-port: 70000           | forward.yaml:2:15: gateway-port: '70000' is out of range
            upstream: {}                  | forward.yaml:2:1: upstream: unknown key
            discovery-group: 225.1.1.1:1  | forward.yaml:2:18: discovery-group: only a gateway that is discovered has this
            """)
    void mistake_isNamedWithItsPlace(String line, String problem) {
        assertThat(problems(LINKS + line)).anyMatch(each -> each.startsWith(problem));
    }

    @Test
    void emptyFile_isRefused() {
        assertThat(problems("# nothing")).singleElement().asString().contains("needed are links, gateway");
        assertThat(problems("gateway: udp://gw.example"))
                .singleElement()
                .asString()
                .contains("links: the key is missing");
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(ConfigException.class, () -> read(yaml)).problems().stream()
                .map(ConfigProblem::toString)
                .toList();
    }

    private static ForwarderConfig read(String yaml) throws ConfigException {
        return new ForwarderReader(Map.of()).read(new SettingsFile("forward.yaml", Path.of("."), yaml));
    }
}
