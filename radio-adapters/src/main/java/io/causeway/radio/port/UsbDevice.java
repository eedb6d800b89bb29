package io.causeway.radio.port;

import java.util.HexFormat;

/**
 * A USB device, as it presents itself.
 *
 * @param vendor  0 to 0xFFFF
 * @param product 0 to 0xFFFF
 * @param serial  what tells it from others of its kind; empty if it has none
 */
public record UsbDevice(int vendor, int product, String serial) {
    /** Whether no other device is meant. */
    boolean isUnique() {
        return !serial.isEmpty();
    }

    /** As {@link PortSelector} reads it. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        String ids = "usb:" + hex.toHexDigits((short) vendor) + ':' + hex.toHexDigits((short) product);
        return serial.isEmpty() ? ids : ids + ':' + serial;
    }
}
