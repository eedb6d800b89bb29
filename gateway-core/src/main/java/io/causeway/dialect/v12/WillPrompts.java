package io.causeway.dialect.v12;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.WillTopic;
import io.causeway.routing.TopicName;
import io.causeway.session.ConnectRequest.WillChange;
import io.causeway.session.Count;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.ReasonCode;
import io.causeway.session.Shard;
import io.causeway.session.WillData;
import io.causeway.timer.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks clients that connect with the Will flag for their will (1.2 §6.2), topic first, then message, and only then
 * opens the connection. Until then nothing of the session that may be there is touched. A packet lost on the way is
 * recovered by the client's repetition; who gives up is forgotten. Owned by the shard's loop.
 */
final class WillPrompts {
    /** Handshakes open at once; more are refused with congestion. */
    private static final int MAX_OPEN = 20_000;
    /** The rest is for clients that have a session: strangers who never answer must not keep them out. */
    private static final int MAX_OPEN_WITH_STRANGERS = MAX_OPEN / 2;

    /** Will topics of all open handshakes together: strangers could fill the memory with long ones. */
    private static final int MAX_TOPIC_CHARS = 4 * 1024 * 1024;

    private final Map<NetworkIdentity, Prompt> prompts = new HashMap<>();
    private int topicChars;
    private final Shard shard;
    private final long timeoutNanos;

    WillPrompts(Shard shard, Duration timeout) {
        this.shard = shard;
        this.timeoutNanos = timeout.toNanos();
    }

    /** True if the CONNECT repeats one whose handshake is under way: answered. */
    boolean onRepeatedConnect(Connect connect, NetworkIdentity from) {
        Prompt prompt = prompts.get(from);
        if (prompt == null || !prompt.connect.equals(connect)) {
            return false;
        }
        prompt.ask();
        return true;
    }

    void begin(Connect connect, NetworkIdentity from, PacketPort port, long nowNanos) {
        cancel(from);
        if (prompts.size() >= (shard.hasSession(connect.clientId()) ? MAX_OPEN : MAX_OPEN_WITH_STRANGERS)) {
            shard.refuse(
                    Count.CONNECTS_REFUSED_CONGESTION, ReasonCode.CONGESTION, connect.clientId(), from, port, nowNanos);
            return;
        }
        Prompt prompt = new Prompt(connect, from, port);
        prompts.put(from, prompt);
        shard.beginHandshake(from);
        shard.arm(prompt.timer, nowNanos + timeoutNanos);
        prompt.ask();
    }

    /** False if nobody at that address is asked. */
    boolean onWillTopic(WillTopic packet, NetworkIdentity from, long nowNanos) {
        Prompt prompt = prompts.get(from);
        if (prompt == null) {
            return false;
        }
        if (prompt.topic != null) {
            prompt.ask();
        } else if (packet.isEmpty()) {
            finish(prompt, new WillChange.Delete(), nowNanos);
        } else if (packet.qos() == Qos.MINUS_ONE || !TopicName.isValid(packet.willTopic())) {
            refuse(prompt, ReasonCode.NOT_SUPPORTED);
        } else if (topicChars + packet.willTopic().length() > MAX_TOPIC_CHARS) {
            shard.count(Count.CONNECTS_REFUSED_CONGESTION);
            refuse(prompt, ReasonCode.CONGESTION);
        } else {
            topicChars += packet.willTopic().length();
            prompt.topic = packet;
            prompt.ask();
        }
        return true;
    }

    /** The answer cannot be read, and will not be better next time. False if nobody at that address is asked. */
    boolean onMalformed(NetworkIdentity from) {
        Prompt prompt = prompts.get(from);
        if (prompt == null) {
            return false;
        }
        refuse(prompt, ReasonCode.NOT_SUPPORTED);
        return true;
    }

    private void refuse(Prompt prompt, ReasonCode reason) {
        cancel(prompt.from);
        prompt.port.connAck(reason);
    }

    /** False if nobody at that address is asked. */
    boolean onWillMsg(Octets message, NetworkIdentity from, long nowNanos) {
        Prompt prompt = prompts.get(from);
        if (prompt == null) {
            return false;
        }
        WillTopic topic = prompt.topic;
        if (topic == null) {
            prompt.ask();
            return true;
        }
        WillData will = new WillData(topic.willTopic(), message, WireValues.qos(topic.qos()), topic.retain());
        finish(prompt, new WillChange.Replace(will), nowNanos);
        return true;
    }

    /** Another CONNECT takes the place of the one whose will was asked for. */
    void cancel(NetworkIdentity from) {
        Prompt prompt = prompts.remove(from);
        if (prompt != null) {
            shard.disarm(prompt.timer);
            shard.endHandshake(from);
            WillTopic topic = prompt.topic;
            topicChars -= topic == null ? 0 : topic.willTopic().length();
        }
    }

    private void finish(Prompt prompt, WillChange will, long nowNanos) {
        cancel(prompt.from);
        shard.connect(Connecting.requestOf(prompt.connect, will), prompt.from, prompt.port, nowNanos);
    }

    private final class Prompt {
        private final Connect connect;
        private final NetworkIdentity from;
        private final PacketPort port;
        private final Timer timer;
        private @Nullable WillTopic topic;

        private Prompt(Connect connect, NetworkIdentity from, PacketPort port) {
            this.connect = connect;
            this.from = from;
            this.port = port;
            this.timer = new Timer((unused, nowNanos) -> cancel(from));
        }

        /** For what is missing. */
        private void ask() {
            if (topic == null) {
                port.willTopicReq();
            } else {
                port.willMsgReq();
            }
        }
    }
}
