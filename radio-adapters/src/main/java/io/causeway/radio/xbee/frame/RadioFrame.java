package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** What a radio sends to its host. */
public sealed interface RadioFrame extends ApiFrame
        permits ReceivePacket64,
                ReceivePacket16,
                AtResponse,
                TransmitStatus,
                ModemStatus,
                ExtendedTransmitStatus,
                ReceivePacket,
                ExplicitReceivePacket,
                RemoteAtResponse,
                NodeIdentification {
    void accept(RadioFrameHandler handler);

    /**
     * Reads frame data.
     *
     * @param data without the type
     * @return nothing if the type is not known here: newer firmware adds some
     * @throws MalformedFrameException if the data are none of this type
     */
    static Optional<RadioFrame> read(int type, ByteBuf data) throws MalformedFrameException {
        return switch (type) {
            case ReceivePacket64.TYPE -> Optional.of(ReceivePacket64.read(data));
            case ReceivePacket16.TYPE -> Optional.of(ReceivePacket16.read(data));
            case AtResponse.TYPE -> Optional.of(AtResponse.read(data));
            case TransmitStatus.TYPE -> Optional.of(TransmitStatus.read(data));
            case ModemStatus.TYPE -> Optional.of(ModemStatus.read(data));
            case ExtendedTransmitStatus.TYPE -> Optional.of(ExtendedTransmitStatus.read(data));
            case ReceivePacket.TYPE -> Optional.of(ReceivePacket.read(data));
            case ExplicitReceivePacket.TYPE -> Optional.of(ExplicitReceivePacket.read(data));
            case RemoteAtResponse.TYPE -> Optional.of(RemoteAtResponse.read(data));
            case NodeIdentification.TYPE -> Optional.of(NodeIdentification.read(data));
            default -> Optional.empty();
        };
    }
}
