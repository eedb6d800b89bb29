package io.causeway.dialect.v12;

import io.causeway.codec.v12.Leniency;
import java.time.Duration;

/**
 * How 1.2 is spoken here.
 *
 * @param gatewayId        1 to 255, as in ADVERTISE and GWINFO
 * @param leniency         towards what the field sends
 * @param qosMinusOne      whether messages without a connection are taken (1.2 §6.8)
 * @param inlineTopicNames whether these may carry their topic name before the data, its length in TopicId, as some
 *                         clients do
 * @param handshakeTimeout a will prompting that stays unanswered so long is abandoned
 */
public record DialectSettings(
        int gatewayId, Leniency leniency, boolean qosMinusOne, boolean inlineTopicNames, Duration handshakeTimeout) {

    public DialectSettings {
        if (gatewayId < 1 || gatewayId > 255) {
            throw new IllegalArgumentException("gatewayId " + gatewayId + " is not 1 to 255");
        }
    }
}
