package io.causeway.gateway.config;

import io.causeway.settings.ConfigException;
import io.causeway.settings.ConfigProblem;
import io.causeway.settings.HostPort;
import io.causeway.settings.Section;
import io.causeway.settings.SettingsFile;
import io.causeway.settings.ValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the file of a forwarder, every mistake named in one go. Immutable. */
public final class ForwarderReader {
    private static final String UDP = "udp://";
    private static final int USUAL_PORT = 1883;
    private static final String DISCOVER = "discover";
    private static final String GATEWAY_FORMS = "udp://host or udp://host:port, or a list of these; or " + DISCOVER;

    private static final ValueType<HostPort> GATEWAY = new ValueType<>(GATEWAY_FORMS, ForwarderReader::gateway);

    private final Map<String, String> environment;

    /** @param environment the variables that a file can refer to */
    public ForwarderReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** @throws ConfigException if the file cannot be read, or something in it is wrong */
    public ForwarderConfig read(Path file) throws ConfigException {
        return read(SettingsFile.at(file));
    }

    /** @throws ConfigException if something in it is wrong */
    public ForwarderConfig read(SettingsFile file) throws ConfigException {
        return file.read(environment, ForwarderReader::forwarder)
                .flatMap(config -> config)
                .orElseThrow(() -> new ConfigException(List.of(
                        ConfigProblem.ofFile(file.name(), "there is nothing in it; needed are links, gateway"))));
    }

    /** @throws IllegalArgumentException with the reason, if the text is no {@code udp://host[:port]} */
    public static HostPort gateway(String text) {
        if (!text.startsWith(UDP)) {
            throw new IllegalArgumentException("'" + text + "' does not begin with " + UDP);
        }
        String address = text.substring(UDP.length());
        boolean hasPort = address.lastIndexOf(':') > address.lastIndexOf(']');
        HostPort gateway = HostPort.parse(hasPort ? address : address + ":" + USUAL_PORT);
        if (gateway.port() == 0) {
            throw new IllegalArgumentException("a gateway needs a port");
        }
        return gateway;
    }

    /** Nothing if something essential is refused, which is noted. */
    private static Optional<ForwarderConfig> forwarder(Section root) {
        if (!root.has("links")) {
            root.refuse("links", "the key is missing", "the links of the devices");
        }
        List<LinkConfig> links = LinkReader.links(root);
        Optional<ForwardTo> gateway = gatewaySide(root);
        int port = root.value(
                "gateway-port", ValueType.integer(ForwarderConfig.GATEWAY_PORT), ForwarderConfig.USUAL_GATEWAY_PORT);
        AdminConfig admin = ConfigReader.admin(root, ForwarderConfig.USUAL_ADMIN);
        LogLevel logLevel = root.value("log-level", ValueType.oneOf(LogLevel.class), LogLevel.INFO);
        return gateway.flatMap(
                known -> root.build("1 to 63 links", () -> new ForwarderConfig(links, known, port, admin, logLevel)));
    }

    private static Optional<ForwardTo> gatewaySide(Section root) {
        if (root.is("gateway", DISCOVER)) {
            HostPort group = root.value("discovery-group", LinkReader.MULTICAST, ForwardTo.USUAL_GROUP);
            List<String> interfaces = root.values("interfaces", ValueType.TEXT, List.of());
            return root.build("a group with a port", () -> new ForwardTo.Discovered(group, interfaces));
        }
        for (String key : List.of("discovery-group", "interfaces")) {
            if (root.has(key)) {
                root.refuse(key, "only a gateway that is discovered has this", "gateway: " + DISCOVER);
            }
        }
        if (!root.has("gateway") || root.isEmptyList("gateway")) {
            root.refuse("gateway", "no gateway is given", GATEWAY_FORMS);
            return Optional.empty();
        }
        List<HostPort> gateways = root.values("gateway", GATEWAY, List.of());
        return gateways.isEmpty() ? Optional.empty() : Optional.of(new ForwardTo.Listed(gateways));
    }
}
