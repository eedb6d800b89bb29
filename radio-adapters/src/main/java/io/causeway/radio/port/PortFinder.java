package io.causeway.radio.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the device that a selector means, anew for every opening, because names like {@code /dev/ttyUSB0} are given away
 * in the order of plugging. Where such a name was configured, the USB device that had it first is followed from then on:
 * under another name too, and no other device in its place is opened. A link, as below {@code /dev/serial/by-id}, is
 * taken at its word. Belongs to one thread.
 */
final class PortFinder {
    private final PortSelector selector;
    private final PortSource ports;
    private @Nullable UsbDevice followed;

    PortFinder(PortSelector selector, PortSource ports) {
        this.selector = selector;
        this.ports = ports;
    }

    /**
     * @return a device, by its own name
     * @throws PortException if there is none, or not the one that is meant
     */
    Path find() throws PortException {
        if (selector instanceof PortSelector.OfUsbDevice wanted) {
            return usbPort(wanted);
        }
        Path path = Path.of(selector.toString());
        UsbDevice device = followed;
        if (device == null) {
            return realPath(path);
        }
        Optional<Path> itsPath = pathOf(device);
        if (itsPath.isPresent()) {
            return itsPath.get();
        }
        if (Files.exists(path)) {
            throw PortException.refused(path + " is another device now, " + device
                    + " is waited for; to use the new one, restart the gateway");
        }
        throw notThere(path.toString());
    }

    /** Remembers which device has been opened first. */
    void opened(Path device) {
        Path path = Path.of(selector.toString());
        if (followed == null && selector instanceof PortSelector.AtPath && !Files.isSymbolicLink(path)) {
            followed = ports.list().stream()
                    .filter(port -> port.path().equals(device))
                    .flatMap(port -> port.usb().stream())
                    .filter(UsbDevice::isUnique)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** What an operator knows the device by: the name that was configured, if that leads to it. */
    String nameOf(Path device) {
        String configured = selector.toString();
        if (!(selector instanceof PortSelector.AtPath)) {
            return device.toString();
        }
        try {
            return Files.isSameFile(Path.of(configured), device) ? configured : device.toString();
        } catch (IOException notThere) {
            return device.toString();
        }
    }

    private Path usbPort(PortSelector.OfUsbDevice wanted) throws PortException {
        return ports.list().stream()
                .filter(port -> port.usb().filter(wanted::matches).isPresent())
                .map(SerialPortInfo::path)
                .findFirst()
                .orElseThrow(() -> notThere(wanted.toString()));
    }

    /** One device may have several ports; the one with the old name is the best guess. */
    private Optional<Path> pathOf(UsbDevice device) {
        List<Path> paths = ports.list().stream()
                .filter(port -> port.usb().filter(device::equals).isPresent())
                .map(SerialPortInfo::path)
                .toList();
        Path configured = Path.of(selector.toString());
        return paths.contains(configured)
                ? Optional.of(configured)
                : paths.stream().findFirst();
    }

    private Path realPath(Path path) throws PortException {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw notThere(path.toString());
        }
    }

    private PortException notThere(String what) {
        List<SerialPortInfo> there = ports.list();
        String others = there.isEmpty()
                ? "no serial port is there"
                : there.stream().map(SerialPortInfo::toString).collect(Collectors.joining(", ", "there is ", ""));
        return PortException.absent(what + " is not there; " + others);
    }
}
