package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** What the fields of frames have in common. */
final class Fields {
    private static final int COMMAND_OCTETS = 2;

    private Fields() {}

    /** @throws IllegalArgumentException if the value is none of one octet */
    static void uint8(int value, String name) {
        if (value < 0 || value > 0xFF) {
            throw new IllegalArgumentException(name + " must be 0 to 255: " + value);
        }
    }

    /** @throws IllegalArgumentException if the value is none of two octets */
    static void uint16(int value, String name) {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException(name + " must be 0 to 65535: " + value);
        }
    }

    /** @throws IllegalArgumentException if the name is not two ASCII characters */
    static void command(String command) {
        boolean valid = command.length() == COMMAND_OCTETS && command.chars().allMatch(c -> c > ' ' && c <= '~');
        if (!valid) {
            throw new IllegalArgumentException("an AT command has two ASCII characters, not '" + command + "'");
        }
    }

    static String readCommand(ByteBuf data) throws MalformedFrameException {
        String command = data.readCharSequence(COMMAND_OCTETS, StandardCharsets.ISO_8859_1)
                .toString();
        if (!command.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new MalformedFrameException("the AT command is not two ASCII characters");
        }
        return command;
    }

    static void writeCommand(ByteBuf out, String command) {
        out.writeCharSequence(command, StandardCharsets.US_ASCII);
    }

    /** @throws MalformedFrameException if less than the fields that every frame of the type has are there */
    static void requireOctets(ByteBuf data, int least) throws MalformedFrameException {
        if (data.readableBytes() < least) {
            throw new MalformedFrameException(data.readableBytes() + " octets where " + least + " are least");
        }
    }
}
