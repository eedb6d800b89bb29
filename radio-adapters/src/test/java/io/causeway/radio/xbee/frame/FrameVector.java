package io.causeway.radio.xbee.frame;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * One line of {@code xbee/frames.txt}.
 *
 * @param unescaped the frame on the line in API mode 1
 * @param escaped   the same in API mode 2
 */
record FrameVector(String name, Octets unescaped, Octets escaped) {
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    static List<FrameVector> all() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FrameVector.class.getResourceAsStream("/xbee/frames.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(FrameVector::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FrameVector parse(String line) {
        String[] fields = line.split("; ", -1);
        return new FrameVector(fields[0], Octets.of(SPACED.parseHex(fields[1])), Octets.of(SPACED.parseHex(fields[2])));
    }

    Octets in(ApiMode mode) {
        return mode == ApiMode.ESCAPED ? escaped : unescaped;
    }

    /** Whether it is for the host. */
    boolean isFromRadio() {
        return unescaped.at(3) >= 0x80;
    }

    @Override
    public String toString() {
        return name + " " + unescaped;
    }
}
