package io.causeway.simulator.payload;

import java.util.Optional;

/** Finds the stamp in a payload, whatever its format. */
public final class Stamps {
    private Stamps() {}

    /**
     * Any payload may be asked for, whoever wrote it: nothing is thrown. One that is left to chance may look like a stamp,
     * but then of another run, and hardly one in 2^32 is intact.
     */
    public static Optional<Stamped> find(byte[] payload) {
        if (payload.length == 0) {
            return Optional.empty();
        }
        return switch (payload[0]) {
            case OctetsLayout.FIRST_OCTET -> OctetsLayout.INSTANCE.read(payload);
            case MessageId.FIRST_CHARACTER -> TextLayout.INSTANCE.read(payload);
            case ObjectLayout.FIRST_OCTET_OF_JSON -> ObjectLayout.JSON.read(payload);
            case ObjectLayout.FIRST_OCTET_OF_CBOR -> ObjectLayout.CBOR.read(payload);
            default -> Optional.empty();
        };
    }
}
