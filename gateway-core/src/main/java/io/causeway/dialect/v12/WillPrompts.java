package io.causeway.dialect.v12;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.WillTopic;
import io.causeway.routing.TopicName;
import io.causeway.session.ConnectRequest;
import io.causeway.session.ConnectRequest.WillChange;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.ReasonCode;
import io.causeway.session.Shard;
import io.causeway.session.WillData;
import io.causeway.timer.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Asks clients that connect with the Will flag for their will (1.2 §6.2), topic first, then message, and only then
 * opens the connection. Until then nothing of the session that may be there is touched. A packet lost on the way is
 * recovered by the client's repetition; who gives up is forgotten. Owned by the shard's loop.
 */
final class WillPrompts {
    /** Handshakes open at once; more are refused with congestion. */
    private static final int MAX_OPEN = 10_000;

    private final Map<NetworkIdentity, Prompt> prompts = new HashMap<>();
    private final Shard shard;
    private final long timeoutNanos;

    WillPrompts(Shard shard, Duration timeout) {
        this.shard = shard;
        this.timeoutNanos = timeout.toNanos();
    }

    /** True if the CONNECT repeats one whose handshake is under way or just done: answered. */
    boolean onRepeatedConnect(Connect connect, NetworkIdentity from) {
        Prompt prompt = prompts.get(from);
        if (prompt == null || !prompt.connect.equals(connect)) {
            return false;
        }
        switch (prompt.stage) {
            case TOPIC -> prompt.port.willTopicReq();
            case MESSAGE -> prompt.port.willMsgReq();
            case DONE -> {
                if (!connect.cleanSession() || shard.sessionAt(from) == null) {
                    return false; // no network's copy, but a client that begins again
                }
                prompt.port.connAck(ReasonCode.SUCCESS);
            }
        }
        return true;
    }

    void begin(Connect connect, NetworkIdentity from, PacketPort port, long nowNanos) {
        cancel(from);
        if (prompts.size() >= MAX_OPEN) {
            port.connAck(ReasonCode.CONGESTION);
            return;
        }
        Prompt prompt = new Prompt(connect, from, port);
        prompts.put(from, prompt);
        shard.claim(from, nowNanos);
        shard.arm(prompt.timer, nowNanos + timeoutNanos);
        port.willTopicReq();
    }

    /** False if nobody at that address was asked. */
    boolean onWillTopic(WillTopic packet, NetworkIdentity from, long nowNanos) {
        Prompt prompt = prompts.get(from);
        if (prompt == null) {
            return false;
        }
        switch (prompt.stage) {
            case TOPIC -> onTopic(prompt, packet, nowNanos);
            case MESSAGE -> prompt.port.willMsgReq();
            case DONE -> prompt.port.connAck(ReasonCode.SUCCESS);
        }
        return true;
    }

    /** False if nobody at that address was asked. */
    boolean onWillMsg(Octets message, NetworkIdentity from, long nowNanos) {
        Prompt prompt = prompts.get(from);
        if (prompt == null) {
            return false;
        }
        switch (prompt.stage) {
            case TOPIC -> prompt.port.willTopicReq();
            case MESSAGE -> {
                WillTopic topic = prompt.topic;
                WillData will = new WillData(topic.willTopic(), message, WireValues.qos(topic.qos()), topic.retain());
                finish(prompt, new WillChange.Replace(will), nowNanos);
            }
            case DONE -> prompt.port.connAck(ReasonCode.SUCCESS);
        }
        return true;
    }

    /** Another CONNECT takes the place of the one whose will was asked for. */
    void cancel(NetworkIdentity from) {
        Prompt prompt = prompts.remove(from);
        if (prompt != null) {
            shard.disarm(prompt.timer);
        }
    }

    private void onTopic(Prompt prompt, WillTopic packet, long nowNanos) {
        if (packet.isEmpty()) {
            finish(prompt, new WillChange.Delete(), nowNanos);
            return;
        }
        if (!TopicName.isValid(packet.willTopic())) {
            cancel(prompt.from);
            shard.unclaim(prompt.from);
            prompt.port.connAck(ReasonCode.NOT_SUPPORTED);
            return;
        }
        prompt.topic = packet;
        prompt.stage = Stage.MESSAGE;
        prompt.port.willMsgReq();
    }

    /** The prompt is remembered until its time is over, for repetitions of the last message. */
    private void finish(Prompt prompt, WillChange will, long nowNanos) {
        prompt.stage = Stage.DONE;
        ConnectRequest request = Connecting.requestOf(prompt.connect, will);
        shard.connect(request, prompt.from, prompt.port, nowNanos);
    }

    private void onTimeout(Prompt prompt) {
        prompts.remove(prompt.from, prompt);
        shard.unclaim(prompt.from);
    }

    private enum Stage {
        TOPIC,
        MESSAGE,
        DONE
    }

    private final class Prompt {
        private final Connect connect;
        private final NetworkIdentity from;
        private final PacketPort port;
        private final Timer timer = new Timer((unused, nowNanos) -> onTimeout(this));
        private Stage stage = Stage.TOPIC;
        private WillTopic topic = WillTopic.empty();

        private Prompt(Connect connect, NetworkIdentity from, PacketPort port) {
            this.connect = connect;
            this.from = from;
            this.port = port;
        }
    }
}
