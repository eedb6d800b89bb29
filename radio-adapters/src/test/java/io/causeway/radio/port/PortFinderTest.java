package io.causeway.radio.port;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PortFinderTest {
    private static final UsbDevice STICK = new UsbDevice(0x0403, 0x6015, "DN03A1");
    private static final UsbDevice OTHER = new UsbDevice(0x10c4, 0xea60, "0001");

    private final MadeUpPorts ports = new MadeUpPorts();

    @TempDir
    private Path dev;

    private Path usb0 = Path.of("");
    private Path usb1 = Path.of("");

    @BeforeEach
    void namePorts() throws Exception {
        dev = dev.toRealPath();
        usb0 = dev.resolve("ttyUSB0");
        usb1 = dev.resolve("ttyUSB1");
    }

    private PortFinder finder(String selector) {
        return new PortFinder(PortSelector.parse(selector), ports);
    }

    private void plug(Path path, UsbDevice device) throws Exception {
        Files.createFile(path);
        ports.plug(path.toString(), device);
    }

    private void pull(Path path) throws Exception {
        Files.delete(path);
        ports.pull(path.toString());
    }

    @Test
    void usbDevice_isFoundWhereverItIs() throws Exception {
        PortFinder finder = finder("usb:0403:6015:DN03A1");
        plug(usb0, OTHER);
        plug(usb1, STICK);

        assertThat(finder.find()).isEqualTo(usb1);
        assertThat(finder.nameOf(usb1)).isEqualTo(usb1.toString());
        assertThat(finder("usb:10C4:EA60").find()).isEqualTo(usb0);
    }

    @Test
    void usbDeviceThatIsNotThere_isNamedWithThoseThatAre() throws Exception {
        plug(usb0, OTHER);

        assertThatThrownBy(() -> finder("usb:0403:6015:DN03A1").find())
                .isInstanceOf(PortException.class)
                .hasMessage("usb:0403:6015:DN03A1 is not there; there is " + usb0 + " (usb:10c4:ea60:0001)");
    }

    @Test
    void link_isTakenAtItsWordEachTime() throws Exception {
        Path link = dev.resolve("xbee");
        PortFinder finder = finder(link.toString());
        plug(usb0, STICK);
        plug(usb1, OTHER);

        Files.createSymbolicLink(link, usb0);
        assertThat(finder.find()).isEqualTo(usb0);
        assertThat(finder.nameOf(usb0)).isEqualTo(link.toString());
        finder.opened(usb0);

        Files.delete(link);
        Files.createSymbolicLink(link, usb1);
        assertThat(finder.find()).isEqualTo(usb1);
    }

    @Test
    void deviceThatWasOpenedByItsName_isFollowedToAnother() throws Exception {
        PortFinder finder = finder(usb0.toString());
        plug(usb0, STICK);
        finder.opened(finder.find());

        pull(usb0);
        plug(usb1, STICK);

        assertThat(finder.find()).isEqualTo(usb1);
        assertThat(finder.nameOf(usb1)).isEqualTo(usb1.toString());
    }

    @Test
    void devicesThatSwappedTheirNames_areTheSameDevices() throws Exception {
        PortFinder finder = finder(usb0.toString());
        plug(usb0, STICK);
        finder.opened(finder.find());

        pull(usb0);
        plug(usb0, OTHER);
        plug(usb1, STICK);

        assertThat(finder.find()).isEqualTo(usb1);
    }

    @Test
    void otherDeviceInThePlace_isNotOpened() throws Exception {
        PortFinder finder = finder(usb0.toString());
        plug(usb0, STICK);
        finder.opened(finder.find());

        pull(usb0);
        plug(usb0, OTHER);

        assertThatThrownBy(finder::find)
                .hasMessage(usb0 + " is another device now, usb:0403:6015:DN03A1 is waited for;"
                        + " to use the new one, restart the gateway");
    }

    @Test
    void deviceWithoutSerial_isNotFollowed() throws Exception {
        PortFinder finder = finder(usb0.toString());
        plug(usb0, new UsbDevice(0x1a86, 0x7523, ""));
        finder.opened(finder.find());

        pull(usb0);
        plug(usb0, OTHER);

        assertThat(finder.find()).isEqualTo(usb0);
    }

    @Test
    void pathThatIsNotThere_isSaid() {
        assertThatThrownBy(() -> finder(usb0.toString()).find())
                .hasMessage(usb0 + " is not there; no serial port is there");
    }

    @Test
    void nameWithAControlCharacter_isRefused() {
        assertThatThrownBy(() -> PortSelector.parse("/dev/ttyUSB0\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PortSelector.parse("/dev/tty\nUSB0")).isInstanceOf(IllegalArgumentException.class);
    }
}
