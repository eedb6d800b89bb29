package io.causeway.radio.port;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A serial port that is there.
 *
 * @param path        its device, for instance {@code /dev/ttyUSB0}
 * @param description what it or its driver says it is; may be empty
 * @param usb         the USB device that it belongs to, nothing for others
 * @param aliases     names below {@code /dev/serial} that lead to it, which stay the same when it is plugged again
 */
public record SerialPortInfo(Path path, String description, Optional<UsbDevice> usb, List<Path> aliases) {
    public SerialPortInfo {
        aliases = List.copyOf(aliases);
    }

    /** In one line, for an operator who has to choose. */
    @Override
    public String toString() {
        String identity =
                usb.map(device -> (description.isEmpty() ? "" : ", ") + device).orElse("");
        String details = description + identity;
        return details.isEmpty() ? path.toString() : path + " (" + details + ")";
    }
}
