package io.causeway.dialect.v12;

import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.GwInfo;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketHandler;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.SearchGw;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillMsgResp;
import io.causeway.codec.v12.WillMsgUpd;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.codec.v12.WillTopicResp;
import io.causeway.codec.v12.WillTopicUpd;
import io.causeway.session.ClientSession;
import io.causeway.session.Count;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.ProtocolFlows;
import io.causeway.session.Shard;
import io.causeway.session.TopicForm;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What each packet means for the session of its sender, and what becomes of it if there is none: requests are told so,
 * acknowledgements are for nobody (1.2 §5.4.21, §6.12). Owned by the shard's loop; handles one packet at a time.
 */
final class InboundPackets implements PacketHandler {
    private final Shard shard;
    private final Dialect.Ports ports;
    private final PacketTrace trace;
    private final WillPrompts prompts;
    private final Connecting connecting;
    private final SessionlessPackets sessionless;
    private final LongConsumer handle;

    // The packet being handled, its sender, and the session there.
    private Packet packet = Disconnect.plain();
    private @Nullable NetworkIdentity from;
    private @Nullable ClientSession session;
    private long nowNanos;

    InboundPackets(Shard shard, DialectSettings settings, Dialect.Ports ports, PacketTrace trace) {
        this.shard = shard;
        this.ports = ports;
        this.trace = trace;
        this.prompts = new WillPrompts(shard, settings.handshakeTimeout());
        this.connecting = new Connecting(shard, ports, prompts);
        this.sessionless = new SessionlessPackets(shard, settings);
        this.handle = unused -> packet.accept(this);
    }

    void onPacket(NetworkIdentity sender, Packet received, long now) {
        ClientSession known = shard.sessionAt(sender);
        packet = received;
        from = sender;
        session = known;
        nowNanos = now;
        trace.received(known == null ? nameIn(received) : known.clientId(), sender, received);
        if (known == null) {
            received.accept(this);
            return;
        }
        known.onHeard(received instanceof Connect, now);
        shard.run(known, handle, now);
    }

    /** The will that was asked for cannot be read; false if none was. */
    boolean onMalformedWill(NetworkIdentity sender) {
        return prompts.onMalformed(sender);
    }

    // ---- connection ----------------------------------------------------------------------------------------------

    @Override
    public void onConnect(Connect received) {
        connecting.onConnect(received, sender(), nowNanos);
    }

    @Override
    public void onWillTopic(WillTopic received) {
        if (!prompts.onWillTopic(received, sender(), nowNanos)) {
            willNotAskedFor();
        }
    }

    @Override
    public void onWillMsg(WillMsg received) {
        if (!prompts.onWillMsg(received.willMsg(), sender(), nowNanos)) {
            willNotAskedFor();
        }
    }

    @Override
    public void onWillTopicUpd(WillTopicUpd received) {
        ClientSession client = client();
        if (client == null) {
            return;
        }
        if (received.isEmpty()) {
            client.will().onDeleted();
        } else if (received.qos() == Qos.MINUS_ONE) {
            client.will().onTopic("", io.causeway.routing.Qos.AT_MOST_ONCE, false);
        } else {
            client.will().onTopic(received.willTopic(), WireValues.qos(received.qos()), received.retain());
        }
    }

    @Override
    public void onWillMsgUpd(WillMsgUpd received) {
        ClientSession client = client();
        if (client != null) {
            client.will().onMessage(received.willMsg());
        }
    }

    @Override
    public void onPingReq(PingReq received) {
        ClientSession here = session;
        boolean names = !received.clientId().isEmpty();
        if (names && (here == null || !here.clientId().equals(received.clientId()))) {
            PacketPort port = ports.to(sender(), received.clientId());
            if (!shard.wake(received.clientId(), sender(), port, nowNanos)) {
                shard.onStranger(port, nowNanos);
            }
            return;
        }
        ClientSession client = client();
        if (client != null) {
            client.onPingReq(nowNanos);
        }
    }

    @Override
    public void onPingResp(PingResp received) {
        awaiting(); // a sign of life, and nothing more
    }

    @Override
    public void onDisconnect(Disconnect received) {
        ClientSession client = session;
        boolean sleeps = received.hasDuration() && received.durationSeconds() > 0;
        if (client != null && sleeps) {
            client.onSleep(Duration.ofSeconds(received.durationSeconds()), nowNanos);
        } else if (sleeps) {
            shard.count(Count.UNKNOWN_SENDER); // any answer would be taken for consent, and nobody would wait for it
        } else if (client == null) {
            shard.onDisconnectAgain(sender(), nowNanos);
        } else {
            client.onDisconnect(nowNanos);
        }
    }

    // ---- topics and messages of clients --------------------------------------------------------------------------

    @Override
    public void onRegister(Register received) {
        ProtocolFlows flows = flows();
        if (flows != null) {
            flows.onRegister(received.msgId(), received.topicName());
        }
    }

    @Override
    public void onPublish(Publish received) {
        if (received.qos() == Qos.MINUS_ONE) {
            sessionless.onPublish(received, sender());
            return;
        }
        ProtocolFlows flows = flows();
        if (flows == null) {
            return;
        }
        String shortName = received.topicIdType() == TopicIdType.SHORT
                ? Topic.Short.toName(received.topicId()).orElse("")
                : "";
        flows.onPublish(
                received.dup(),
                WireValues.qos(received.qos()),
                received.retain(),
                WireValues.form(received.topicIdType()),
                received.topicId(),
                shortName,
                received.msgId(),
                received.data(),
                nowNanos);
    }

    @Override
    public void onPubRel(PubRel received) {
        ProtocolFlows flows = flows();
        if (flows != null) {
            flows.onPubRel(received.msgId(), nowNanos);
        }
    }

    @Override
    public void onSubscribe(Subscribe received) {
        ProtocolFlows flows = flows();
        if (flows == null) {
            return;
        }
        boolean illegalQos = received.qos() == Qos.MINUS_ONE;
        Topic topic = received.topic();
        // QoS -1 is for PUBLISH alone: as good as a filter that cannot be subscribed to.
        String filter = illegalQos ? "" : nameIn(topic);
        io.causeway.routing.Qos qos =
                illegalQos ? io.causeway.routing.Qos.AT_MOST_ONCE : WireValues.qos(received.qos());
        TopicForm form = illegalQos ? TopicForm.NORMAL : WireValues.form(topic.idType());
        flows.onSubscribe(received.msgId(), qos, form, octetsIn(topic), filter);
    }

    @Override
    public void onUnsubscribe(Unsubscribe received) {
        ProtocolFlows flows = flows();
        if (flows != null) {
            Topic topic = received.topic();
            flows.onUnsubscribe(received.msgId(), WireValues.form(topic.idType()), octetsIn(topic), nameIn(topic));
        }
    }

    // ---- acknowledgements of clients -----------------------------------------------------------------------------

    @Override
    public void onRegAck(RegAck received) {
        ProtocolFlows flows = awaiting();
        if (flows != null) {
            flows.onRegAck(received.msgId(), WireValues.reason(received.returnCode()), nowNanos);
        }
    }

    @Override
    public void onPubAck(PubAck received) {
        ProtocolFlows flows = awaiting();
        if (flows != null) {
            flows.onPubAck(received.topicId(), received.msgId(), WireValues.reason(received.returnCode()), nowNanos);
        }
    }

    @Override
    public void onPubRec(PubRec received) {
        ProtocolFlows flows = awaiting();
        if (flows != null) {
            flows.onPubRec(received.msgId(), nowNanos);
        }
    }

    @Override
    public void onPubComp(PubComp received) {
        ProtocolFlows flows = awaiting();
        if (flows != null) {
            flows.onPubComp(received.msgId(), nowNanos);
        }
    }

    // ---- packets that gateways send, or that are handled before a shard is known ------------------------------------

    @Override
    public void onAdvertise(Advertise received) {
        outOfPlace();
    }

    @Override
    public void onSearchGw(SearchGw received) {
        outOfPlace();
    }

    @Override
    public void onGwInfo(GwInfo received) {
        outOfPlace();
    }

    @Override
    public void onConnAck(ConnAck received) {
        outOfPlace();
    }

    @Override
    public void onWillTopicReq(WillTopicReq received) {
        outOfPlace();
    }

    @Override
    public void onWillMsgReq(WillMsgReq received) {
        outOfPlace();
    }

    @Override
    public void onSubAck(SubAck received) {
        outOfPlace();
    }

    @Override
    public void onUnsubAck(UnsubAck received) {
        outOfPlace();
    }

    @Override
    public void onWillTopicResp(WillTopicResp received) {
        outOfPlace();
    }

    @Override
    public void onWillMsgResp(WillMsgResp received) {
        outOfPlace();
    }

    @Override
    public void onEncapsulated(Encapsulated received) {
        outOfPlace();
    }

    // --------------------------------------------------------------------------------------------------------------

    /** The sender's session; or null, and the sender has been told that it has none. */
    private @Nullable ClientSession client() {
        if (session == null) {
            shard.onStranger(ports.toStranger(sender()), nowNanos);
        }
        return session;
    }

    /** The flows of the sender's session; or null, and the sender has been told that it has none. */
    private @Nullable ProtocolFlows flows() {
        ClientSession client = client();
        return client == null ? null : client.flows();
    }

    /** The same; or null, and nothing is said to whoever acknowledges what nobody sent. */
    private @Nullable ProtocolFlows awaiting() {
        ClientSession client = session;
        if (client == null) {
            shard.count(Count.UNKNOWN_SENDER);
            return null;
        }
        return client.flows();
    }

    /** From a client, said once more or out of place; from a stranger, of a handshake we know nothing of. */
    private void willNotAskedFor() {
        ClientSession client = client();
        if (client != null && !client.onRepeatedWill(nowNanos)) {
            outOfPlace();
        }
    }

    private void outOfPlace() {
        shard.count(Count.PACKETS_OUT_OF_PLACE);
    }

    private NetworkIdentity sender() {
        NetworkIdentity sender = from;
        if (sender == null) {
            throw new IllegalStateException("no packet is being handled");
        }
        return sender;
    }

    /** The client id that a packet names, which is all that is known of a stranger; empty if it names none. */
    private static String nameIn(Packet packet) {
        if (packet instanceof Connect connect) {
            return connect.clientId();
        }
        return packet instanceof PingReq ping ? ping.clientId() : "";
    }

    private static String nameIn(Topic topic) {
        if (topic instanceof Topic.Name name) {
            return name.topicName();
        }
        return topic instanceof Topic.Short shortName ? shortName.name() : "";
    }

    private static int octetsIn(Topic topic) {
        if (topic instanceof Topic.Predefined predefined) {
            return predefined.topicId();
        }
        return topic instanceof Topic.Short shortName ? shortName.topicId() : 0;
    }
}
