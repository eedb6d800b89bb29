package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** What a host sends to its radio. */
public sealed interface HostFrame extends ApiFrame
        permits TransmitRequest64,
                TransmitRequest16,
                AtCommand,
                QueuedAtCommand,
                TransmitRequest,
                ExplicitTransmitRequest,
                RemoteAtCommand {
    void accept(HostFrameHandler handler);

    /**
     * Reads frame data.
     *
     * @param data without the type
     * @return nothing if the type is not known here: newer firmware adds some
     * @throws MalformedFrameException if the data are none of this type
     */
    static Optional<HostFrame> read(int type, ByteBuf data) throws MalformedFrameException {
        return switch (type) {
            case TransmitRequest64.TYPE -> Optional.of(TransmitRequest64.read(data));
            case TransmitRequest16.TYPE -> Optional.of(TransmitRequest16.read(data));
            case AtCommand.TYPE -> Optional.of(AtCommand.read(data));
            case QueuedAtCommand.TYPE -> Optional.of(QueuedAtCommand.read(data));
            case TransmitRequest.TYPE -> Optional.of(TransmitRequest.read(data));
            case ExplicitTransmitRequest.TYPE -> Optional.of(ExplicitTransmitRequest.read(data));
            case RemoteAtCommand.TYPE -> Optional.of(RemoteAtCommand.read(data));
            default -> Optional.empty();
        };
    }
}
