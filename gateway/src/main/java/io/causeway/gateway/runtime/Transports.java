package io.causeway.gateway.runtime;

import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.LinkConfig;
import io.causeway.gateway.config.SerialLink;
import io.causeway.gateway.config.UdpLink;
import io.causeway.gateway.config.XBeeLink;
import io.causeway.radio.Transport;
import io.causeway.radio.port.SerialPorts;
import io.causeway.radio.serial.SerialSettings;
import io.causeway.radio.serial.SerialTransport;
import io.causeway.radio.udp.MulticastGroup;
import io.causeway.radio.udp.UdpSettings;
import io.causeway.radio.udp.UdpTransport;
import io.causeway.radio.xbee.XBeeSettings;
import io.causeway.radio.xbee.XBeeTransport;
import io.causeway.settings.HostPort;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes transports from settings, and opens none. Used by the one thread that starts the process. */
final class Transports {
    private final EventLoopGroup loops;
    private final @Nullable Path dataDir;
    private @Nullable SerialPorts ports;

    /**
     * @param loops   serve what is made here
     * @param dataDir where the native part of the serial ports may be unpacked for a moment; null: with temporary files
     */
    Transports(EventLoopGroup loops, @Nullable Path dataDir) {
        this.loops = loops;
        this.dataDir = dataDir;
    }

    /**
     * @param key the setting that says where the link is
     * @throws StartException if a name in the settings means nothing on this machine, or nothing yet, or there is no way
     *     to use serial ports
     */
    Transport make(LinkConfig link, String key) throws StartException {
        if (link instanceof UdpLink udp) {
            return new UdpTransport(settings(udp, key), loops);
        }
        EventLoop loop = loops.next();
        if (link instanceof XBeeLink xbee) {
            XBeeSettings radio = xbee.radio();
            return new XBeeTransport(radio, ports(key).line(radio.line(), loop), loop);
        }
        SerialSettings serial = ((SerialLink) link).line();
        return new SerialTransport(serial, ports(key).line(serial.line(), serial.sendGap(), loop), loop);
    }

    private SerialPorts ports(String key) throws StartException {
        SerialPorts loaded = ports;
        if (loaded == null) {
            loaded = load(key);
            ports = loaded;
        }
        return loaded;
    }

    private SerialPorts load(String key) throws StartException {
        List<Path> directories = Stream.concat(
                        Optional.ofNullable(dataDir).stream(), Stream.of(Path.of(System.getProperty("java.io.tmpdir"))))
                .toList();
        try {
            return SerialPorts.load(directories);
        } catch (IOException e) {
            throw new StartException("no serial port can be used, " + key + " asks for one: " + e.getMessage(), e);
        }
    }

    private static UdpSettings settings(UdpLink udp, String key) throws StartException {
        try {
            return settings(udp);
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "cannot listen on UDP " + udp.bind() + ": " + e.getMessage() + "; change " + key, e);
        }
    }

    private static UdpSettings settings(UdpLink udp) {
        List<MulticastGroup> groups = udp.discoveryGroups().stream()
                .map(HostPort::resolve)
                .map(group -> new MulticastGroup(group, udp.interfaces()))
                .toList();
        UdpSettings defaults = UdpSettings.at(udp.bind().resolve(), groups);
        return new UdpSettings(
                defaults.bind(),
                groups,
                Math.toIntExact(udp.receiveBufferOctets()),
                udp.maxPacketOctets(),
                defaults.hops(),
                defaults.scanInterval());
    }
}
