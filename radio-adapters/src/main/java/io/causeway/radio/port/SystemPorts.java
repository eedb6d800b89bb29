package io.causeway.radio.port;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.causeway.radio.port.LineSettings.FlowControl;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The serial ports of this machine, by jSerialComm, whose native library has to be there. Free to use from any thread. */
final class SystemPorts implements PortSource {
    /** Links that udev makes; by-id first, which an operator would rather write. */
    private static final List<Path> ALIASES = List.of(Path.of("/dev/serial/by-id"), Path.of("/dev/serial/by-path"));

    private static final int READ_MILLIS = 100;
    private static final int DATA_BITS = 8;

    private final PortAccess access;

    SystemPorts(PortAccess access) {
        this.access = access;
    }

    @Override
    public List<SerialPortInfo> list() {
        return Arrays.stream(SerialPort.getCommPorts())
                .map(SystemPorts::describe)
                .sorted(Comparator.comparing(SerialPortInfo::path))
                .toList();
    }

    private static SerialPortInfo describe(SerialPort port) {
        Path path = Path.of(port.getSystemPortPath());
        boolean isUsb = port.getVendorID() > 0;
        Optional<UsbDevice> usb = isUsb
                ? Optional.of(new UsbDevice(port.getVendorID(), port.getProductID(), known(port.getSerialNumber())))
                : Optional.empty();
        return new SerialPortInfo(path, known(port.getPortDescription()), usb, aliasesOf(path));
    }

    private static String known(String text) {
        return text.equals("Unknown") ? "" : text.strip();
    }

    private static List<Path> aliasesOf(Path device) {
        List<Path> aliases = new ArrayList<>();
        for (Path directory : ALIASES) {
            try (DirectoryStream<Path> links = Files.newDirectoryStream(directory)) {
                for (Path link : links) {
                    if (link.toRealPath().equals(device)) {
                        aliases.add(link);
                    }
                }
            } catch (IOException noSuchDirectory) {
                // nor any alias in it
            }
        }
        return aliases;
    }

    @Override
    public OpenPort open(Path device, int bitsPerSecond, FlowControl flowControl) throws PortException {
        Optional<String> obstacle = access.obstacle(device);
        if (obstacle.isPresent()) {
            throw PortException.refused(obstacle.get());
        }
        SerialPort port = portAt(device);
        port.setComPortParameters(bitsPerSecond, DATA_BITS, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
        port.setFlowControl(
                flowControl == FlowControl.RTS_CTS
                        ? SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED
                        : SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_MILLIS, 0);
        if (!port.openPort()) {
            throw PortException.refused(access.obstacle(device)
                    .orElse(device + " cannot be opened at " + bitsPerSecond + " bit/s (system error "
                            + port.getLastErrorCode() + "); it may be in use, or no serial port"));
        }
        return new SystemPort(port);
    }

    /** Made anew each time: such an object would keep what a name has led to when it was made. */
    private static SerialPort portAt(Path device) throws PortException {
        try {
            return SerialPort.getCommPort(device.toString());
        } catch (SerialPortInvalidPortException e) {
            throw PortException.refused(device + " is not there any more");
        }
    }

    private record SystemPort(SerialPort port) implements OpenPort {
        @Override
        public int read(byte[] into) {
            return port.readBytes(into, into.length);
        }

        @Override
        public boolean write(byte[] octets) {
            return port.writeBytes(octets, octets.length) == octets.length;
        }

        @Override
        public void close() {
            port.closePort();
        }
    }
}
