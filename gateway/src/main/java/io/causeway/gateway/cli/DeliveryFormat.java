package io.causeway.gateway.cli;

import io.causeway.gateway.cli.Messenger.Delivery;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * How {@code sub} prints a message. In the pattern {@code %t} stands for the topic, {@code %p} for the payload as it is,
 * {@code %x} for the payload in hexadecimal, {@code %l} for its length in octets, {@code %q} for the QoS, {@code %r} for
 * the retain flag (0 or 1) and {@code %%} for a percent sign.
 *
 * @param pattern with nothing but these behind a percent sign
 */
record DeliveryFormat(String pattern) {
    private static final String FIELDS = "tpxlqr%";

    /** @throws IllegalArgumentException if there is something else behind a percent sign */
    DeliveryFormat {
        for (int at = pattern.indexOf('%'); at >= 0; at = pattern.indexOf('%', at + 2)) {
            if (at + 1 == pattern.length() || FIELDS.indexOf(pattern.charAt(at + 1)) < 0) {
                throw new IllegalArgumentException(
                        "'" + pattern + "' has a % that is none of %t, %p, %x, %l, %q, %r and %%");
            }
        }
    }

    /** One line; binary, as the payload may be anything. */
    byte[] line(Delivery delivery) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int i = 0; i < pattern.length(); i++) {
            char next = pattern.charAt(i);
            line.writeBytes(next == '%' ? field(pattern.charAt(++i), delivery) : utf8(String.valueOf(next)));
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static byte[] field(char field, Delivery delivery) {
        return switch (field) {
            case 't' -> utf8(delivery.topic());
            case 'p' -> delivery.payload().toByteArray();
            case 'x' -> utf8(delivery.payload().toHex());
            case 'l' -> utf8(Integer.toString(delivery.payload().length()));
            case 'q' -> utf8(Integer.toString(delivery.qos()));
            case 'r' -> utf8(delivery.retained() ? "1" : "0");
            default -> utf8("%");
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
