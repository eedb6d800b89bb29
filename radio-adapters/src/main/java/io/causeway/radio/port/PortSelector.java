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
     * @param device which; without a serial any of its kind, and then the first by name if there are more
     */
    record OfUsbDevice(UsbDevice device) implements PortSelector {
        boolean matches(UsbDevice other) {
            boolean isOfItsKind = device.vendor() == other.vendor() && device.product() == other.product();
            return isOfItsKind && (!device.isUnique() || device.serial().equals(other.serial()));
        }

        @Override
        public String toString() {
            return device.toString();
        }
    }

    /**
     * Reads a selector as its {@code toString} writes it: a path, or {@code usb:VENDOR:PRODUCT[:SERIAL]} in hexadecimal.
     *
     * @throws IllegalArgumentException if it begins like the second and is none, is empty, or has a control character
     */
    static PortSelector parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the name of a port is empty");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the name of a port has a control character in it");
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
        return new OfUsbDevice(new UsbDevice(
                HexFormat.fromHexDigits(usb.group("vendor")),
                HexFormat.fromHexDigits(usb.group("product")),
                serial == null ? "" : serial));
    }

    /** How the second kind is written. */
    final class UsbText {
        private static final Pattern PATTERN = Pattern.compile(
                "usb:(?<vendor>\\p{XDigit}{1,4}):(?<product>\\p{XDigit}{1,4})(:(?<serial>[^:]+))?",
                Pattern.CASE_INSENSITIVE);

        private UsbText() {}
    }
}
