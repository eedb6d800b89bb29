package io.causeway.radio.port;

import io.causeway.radio.port.LineSettings.FlowControl;
import java.nio.file.Path;
import java.util.List;

/** Serial ports to find and to open: those of the machine, or of a test. */
interface PortSource {
    /** Those that are there now, by path. A pseudo-terminal is never among them. */
    List<SerialPortInfo> list();

    /**
     * Opens a port for ourselves alone. Blocks.
     *
     * @param device by its own name, not by a link to it
     * @throws PortException if that cannot be done, for now
     */
    OpenPort open(Path device, int bitsPerSecond, FlowControl flowControl) throws PortException;
}
