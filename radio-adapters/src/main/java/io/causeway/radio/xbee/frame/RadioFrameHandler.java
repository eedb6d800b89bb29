package io.causeway.radio.xbee.frame;

/** Takes what a radio sends to its host, one method per type of frame. What a handler has no method for is ignored. */
public interface RadioFrameHandler {
    default void onReceivePacket64(ReceivePacket64 frame) {}

    default void onReceivePacket16(ReceivePacket16 frame) {}

    default void onAtResponse(AtResponse frame) {}

    default void onTransmitStatus(TransmitStatus frame) {}

    default void onModemStatus(ModemStatus frame) {}

    default void onExtendedTransmitStatus(ExtendedTransmitStatus frame) {}

    default void onReceivePacket(ReceivePacket frame) {}

    default void onExplicitReceivePacket(ExplicitReceivePacket frame) {}

    default void onRemoteAtResponse(RemoteAtResponse frame) {}

    default void onNodeIdentification(NodeIdentification frame) {}
}
