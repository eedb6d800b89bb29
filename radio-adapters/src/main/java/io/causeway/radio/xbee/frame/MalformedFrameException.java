package io.causeway.radio.xbee.frame;

/** Frame data with a right checksum that are none of their type. Without a stack trace: a flood of them must stay cheap. */
final class MalformedFrameException extends Exception {
    MalformedFrameException(String reason) {
        super(reason, null, false, false);
    }
}
