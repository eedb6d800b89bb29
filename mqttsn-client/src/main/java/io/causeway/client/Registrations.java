package io.causeway.client;

import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import java.util.OptionalInt;

/** Asks the gateway for topic aliases (1.2 §6.5). Owned by the session. */
final class Registrations {
    /** "Not relevant" in the REGISTER of a client (1.2 §5.4.10). */
    private static final int NO_ALIAS = 0;

    private final TopicAliases aliases;
    private final RequestLane lane;

    Registrations(TopicAliases aliases, RequestLane lane) {
        this.aliases = aliases;
        this.lane = lane;
    }

    /** Replies at once if the alias is known. */
    void register(String topicName, Reply<Integer> reply, long nowNanos) {
        OptionalInt known = aliases.aliasOf(topicName);
        if (known.isPresent()) {
            reply.accepted(known.getAsInt());
            return;
        }
        lane.submit(
                packetId -> new Request<>(
                        new Register(NO_ALIAS, packetId, topicName),
                        RegAck.class,
                        regAck -> onRegAck(regAck, topicName, reply),
                        reply::failed),
                nowNanos);
    }

    private void onRegAck(RegAck regAck, String topicName, Reply<Integer> reply) {
        if (regAck.returnCode() == ReturnCode.ACCEPTED) {
            aliases.learn(regAck.topicId(), topicName);
        }
        reply.answered(regAck.returnCode(), regAck.topicId());
    }
}
