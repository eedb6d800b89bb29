package io.causeway.simulator.payload;

import io.causeway.simulator.scenario.PayloadTemplate.Format;
import java.util.Optional;

/** Where stamp, value and padding stand in a payload. Without state, so free to share between threads. */
sealed interface Layout permits OctetsLayout, TextLayout, ObjectLayout {
    static Layout of(Format format) {
        return switch (format) {
            case OCTETS -> OctetsLayout.INSTANCE;
            case TEXT -> TextLayout.INSTANCE;
            case JSON -> ObjectLayout.JSON;
            case CBOR -> ObjectLayout.CBOR;
        };
    }

    /** @param octets how long the payload is to be; it is longer if stamp and value need more */
    byte[] write(Stamp stamp, double value, int octets);

    /** @return what a payload that was written in this layout tells; empty for any other */
    Optional<Stamped> read(byte[] payload);
}
