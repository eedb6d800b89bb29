package io.causeway.gateway.e2e;

import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.ForwarderReader;
import io.causeway.gateway.runtime.ForwarderService;
import io.causeway.settings.ConfigException;
import io.causeway.settings.HostPort;
import io.causeway.settings.SettingsFile;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A whole forwarder in this process. */
final class TestForwarder implements AutoCloseable {
    private static final String DEVICES = "UDP ";
    private static final String GATEWAYS = "gateways by UDP ";

    private final ForwarderService forwarder;

    private TestForwarder(ForwarderService forwarder) {
        this.forwarder = forwarder;
    }

    /** From any port to a gateway, for devices of this machine. */
    static TestForwarder to(InetSocketAddress gateway) throws ConfigException, StartException {
        return start(gateway, 0, 0);
    }

    /** @param devicePort, gatewayPort of this machine; 0 for any */
    static TestForwarder start(InetSocketAddress gateway, int devicePort, int gatewayPort)
            throws ConfigException, StartException {
        return start("""
                links: [{type: udp, bind: "127.0.0.1:%d"}]
                gateway: udp://%s:%d
                gateway-port: %d
                admin: none
                """.formatted(devicePort, gateway.getHostString(), gateway.getPort(), gatewayPort));
    }

    /** @param yaml a file of settings */
    static TestForwarder start(String yaml) throws ConfigException, StartException {
        SettingsFile file = new SettingsFile("forward.yaml", Path.of("."), yaml);
        return new TestForwarder(ForwarderService.start(new ForwarderReader(Map.of()).read(file)));
    }

    void awaitReady() {
        Patience.await("forwarder is ready").until(forwarder::ready);
    }

    /** Where devices reach it. */
    InetSocketAddress udp() {
        return endpoint(DEVICES);
    }

    /** What the gateway sees as its port. */
    int gatewayPort() {
        return endpoint(GATEWAYS).getPort();
    }

    private InetSocketAddress endpoint(String prefix) {
        List<String> endpoints = forwarder.endpoints();
        return endpoints.stream()
                .filter(each -> each.startsWith(prefix))
                .map(each -> HostPort.parse(each.substring(prefix.length())).resolve())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + prefix + "in " + endpoints));
    }

    @Override
    public void close() {
        forwarder.close();
    }
}
