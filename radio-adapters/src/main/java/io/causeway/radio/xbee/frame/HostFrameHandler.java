package io.causeway.radio.xbee.frame;

/** Takes what a host sends to its radio, one method per type of frame. What a handler has no method for is ignored. */
public interface HostFrameHandler {
    default void onTransmitRequest64(TransmitRequest64 frame) {}

    default void onTransmitRequest16(TransmitRequest16 frame) {}

    default void onAtCommand(AtCommand frame) {}

    default void onQueuedAtCommand(QueuedAtCommand frame) {}

    default void onTransmitRequest(TransmitRequest frame) {}

    default void onExplicitTransmitRequest(ExplicitTransmitRequest frame) {}

    default void onRemoteAtCommand(RemoteAtCommand frame) {}
}
