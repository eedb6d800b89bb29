package io.causeway.radio.port;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which serial port is meant. */
public sealed interface PortSelector {
    /**
     * The port at a path.
     *
     * @param path absolute or relative, of a device or a symbolic link to one; resolved anew whenever the port is opened
     */
    record AtPath(String path) implements PortSelector {
        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * The port of a USB device, wherever it turns up.
     *
     * @param vendor  0 to 0xFFFF
     * @param product 0 to 0xFFFF
     * @param serial  of the device; empty for any, and then the first by name if there are more
     */
    record OfUsbDevice(int vendor, int product, String serial) implements PortSelector {
        @Override
        public String toString() {
            HexFormat hex = HexFormat.of();
            String ids = "usb:" + hex.toHexDigits((short) vendor) + ':' + hex.toHexDigits((short) product);
            return serial.isEmpty() ? ids : ids + ':' + serial;
        }
    }

    /**
     * Reads a selector as its {@code toString} writes it: a path, or {@code usb:VENDOR:PRODUCT[:SERIAL]} in hexadecimal.
     *
     * @throws IllegalArgumentException if it begins like the second and is none, or is empty
     */
    static PortSelector parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the name of a port is empty");
        }
        if (!text.toLowerCase(Locale.ROOT).startsWith("usb:")) {
            return new AtPath(text);
        }
        Matcher usb = UsbText.PATTERN.matcher(text);
        if (!usb.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not usb:VENDOR:PRODUCT[:SERIAL] with hexadecimal ids");
        }
        String serial = usb.group("serial");
        return new OfUsbDevice(
                HexFormat.fromHexDigits(usb.group("vendor")),
                HexFormat.fromHexDigits(usb.group("product")),
                serial == null ? "" : serial);
    }

    /** How the second kind is written. */
    final class UsbText {
        private static final Pattern PATTERN = Pattern.compile(
                "usb:(?<vendor>\\p{XDigit}{1,4}):(?<product>\\p{XDigit}{1,4})(:(?<serial>[^:]+))?",
                Pattern.CASE_INSENSITIVE);

        private UsbText() {}
    }
}
