package io.causeway.invariants;

import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
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
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An honest client of 1.2 with a session that outlives its connections: one request at a time, each repeated until it
 * is answered, and a new connection when it is not (1.2 §6.13). What the gateway promised, it remembers. Knows nothing
 * of the gateway but what comes over the network.
 */
final class ModelClient {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int RETRIES = 3;

    private enum Link {
        /** No connection; the radio is off. */
        OFF,
        CONNECTING,
        ACTIVE,
        ASLEEP,
        AWAKE
    }

    /**
     * @param keepAliveSeconds as in CONNECT
     * @param sleepSeconds     between two looks for messages; 0: never sleeps
     */
    record Habits(int keepAliveSeconds, int sleepSeconds, long retryNanos) {}

    private final String clientId;
    private final Habits habits;
    private final Dice dice;
    private final Consumer<Packet> out;
    private final ModelPublisher publisher;
    private final ModelSubscriber subscriber;
    private final MsgIds msgIds = new MsgIds();
    private final Map<String, Integer> registered = new HashMap<>();

    private Link link = Link.OFF;
    private @Nullable Packet request;
    private int repetitions;
    private long nextActNanos;
    private long lastSentNanos;
    private boolean publishing;
    private boolean staysAwake;

    ModelClient(
            String clientId,
            Habits habits,
            Dice dice,
            ModelPublisher publisher,
            Map<Topic, Qos> filters,
            Consumer<Packet> out) {
        this.clientId = clientId;
        this.habits = habits;
        this.dice = dice;
        this.out = out;
        this.publisher = publisher;
        this.subscriber = new ModelSubscriber(filters, this::send);
    }

    String clientId() {
        return clientId;
    }

    ModelPublisher publisher() {
        return publisher;
    }

    ModelSubscriber subscriber() {
        return subscriber;
    }

    boolean isSubscribed() {
        return subscriber.toSubscribe() == null;
    }

    /** From now on it publishes. */
    void startPublishing() {
        publishing = true;
    }

    /** From now on it does not fall asleep, so that it gets what waits for it. */
    void stayAwake() {
        staysAwake = true;
    }

    boolean isConnected() {
        return link == Link.ACTIVE;
    }

    long nextActNanos() {
        return nextActNanos;
    }

    /** Breaks off without a word, and comes back after a while. */
    void crash(long backAtNanos) {
        link = Link.OFF;
        request = null;
        nextActNanos = backAtNanos;
    }

    // ---- in its own time -------------------------------------------------------------------------------------------

    /** To be called when {@link #nextActNanos} has come. */
    void act(long now) {
        switch (link) {
            case OFF -> connect(now);
            case ASLEEP -> wake(now);
            case CONNECTING, AWAKE -> repeatRequest(now);
            case ACTIVE -> {
                if (request == null) {
                    doNext(now);
                } else {
                    repeatRequest(now);
                }
            }
        }
    }

    private void connect(long now) {
        link = Link.CONNECTING;
        ask(new Connect(false, false, Connect.PROTOCOL_ID, habits.keepAliveSeconds(), clientId), now);
    }

    private void wake(long now) {
        boolean comesBack = staysAwake || publisher.isBusy() || dice.oneIn(4);
        if (comesBack) {
            connect(now);
            return;
        }
        link = Link.AWAKE;
        ask(new PingReq(clientId), now);
    }

    private void doNext(long now) {
        Topic filter = subscriber.toSubscribe();
        Message message = publishing ? publisher.toSend(now) : null;
        if (filter != null) {
            Qos qos = subscriber.wanted().getOrDefault(filter, Qos.AT_LEAST_ONCE);
            ask(new Subscribe(false, qos, msgIds.next(), filter), now);
        } else if (message != null) {
            publish(message, now);
        } else if (habits.sleepSeconds() > 0 && !staysAwake && now - lastSentNanos >= SECOND_NANOS) {
            ask(new Disconnect(habits.sleepSeconds() * 2), now);
        } else if (now - lastSentNanos >= keepAliveNanos() / 2) {
            ask(new PingReq(""), now);
        } else {
            nextActNanos = now + SECOND_NANOS / 4;
        }
    }

    private void publish(Message message, long now) {
        ModelTopic topic = message.topic();
        if (publisher.isReleased()) {
            ask(new PubRel(publisher.msgId(msgIds)), now);
            return;
        }
        boolean normal = topic.form() == TopicIdType.NORMAL;
        Integer topicId = normal ? registered.get(topic.name()) : Integer.valueOf(topic.fixedId());
        if (topicId == null) {
            ask(new Register(0, msgIds.next(), topic.name()), now);
        } else {
            ask(publisher.packet(message, topicId, msgIds), now);
        }
    }

    private void ask(Packet packet, long now) {
        request = packet;
        repetitions = 0;
        send(packet);
        lastSentNanos = now;
        nextActNanos = now + habits.retryNanos();
    }

    private void repeatRequest(long now) {
        Packet unanswered = request;
        if (unanswered == null || repetitions >= RETRIES) {
            goneQuiet(now);
            return;
        }
        repetitions++;
        Packet repetition = unanswered instanceof Publish publish
                ? new Publish(
                        true,
                        publish.qos(),
                        publish.retain(),
                        publish.topicIdType(),
                        publish.topicId(),
                        publish.msgId(),
                        publish.data())
                : unanswered;
        send(repetition);
        lastSentNanos = now;
        nextActNanos = now + habits.retryNanos();
    }

    /** The gateway has not answered: a sleeper tries again later, others connect anew. */
    private void goneQuiet(long now) {
        request = null;
        if (link == Link.AWAKE) {
            sleep(now);
        } else {
            reconnectSoon(now);
        }
    }

    private void reconnectSoon(long now) {
        link = Link.OFF;
        request = null;
        nextActNanos = now + dice.nanos(1);
    }

    private void sleep(long now) {
        link = Link.ASLEEP;
        request = null;
        nextActNanos = now + habits.sleepSeconds() * SECOND_NANOS;
    }

    private void answered(long now) {
        request = null;
        nextActNanos = now;
    }

    private void send(Packet packet) {
        out.accept(packet);
    }

    private long keepAliveNanos() {
        return habits.keepAliveSeconds() * SECOND_NANOS;
    }

    // ---- what comes ------------------------------------------------------------------------------------------------

    /** A packet arrives; it is lost if the radio is off. */
    void onPacket(Packet packet, long now) {
        if (link == Link.OFF || link == Link.ASLEEP) {
            return;
        }
        if (link == Link.AWAKE && !(packet instanceof PingResp)) {
            nextActNanos = now + habits.retryNanos(); // there is more to come (1.2 §6.14)
        }
        if (packet instanceof Publish publish) {
            subscriber.onPublish(publish);
        } else if (packet instanceof Register register) {
            registered.put(register.topicName(), register.topicId());
            subscriber.onRegister(register);
        } else if (packet instanceof PubRel pubRel) {
            subscriber.onPubRel(pubRel);
        } else if (packet instanceof PingReq) {
            onPingReq();
        } else if (packet instanceof Disconnect) {
            onDisconnect(now);
        } else {
            onAnswer(packet, now);
        }
    }

    /** Answered by who is connected, ignored by all others (1.2 §6.11). */
    private void onPingReq() {
        if (link == Link.ACTIVE) {
            send(new PingResp());
        }
    }

    private void onDisconnect(long now) {
        if (request instanceof Disconnect) {
            sleep(now);
        } else if (link != Link.CONNECTING) {
            reconnectSoon(now);
        }
    }

    private void onAnswer(Packet packet, long now) {
        if (packet instanceof ConnAck connAck) {
            onConnAck(connAck, now);
        } else if (packet instanceof PingResp) {
            onPingResp(now);
        } else if (packet instanceof SubAck subAck) {
            onSubAck(subAck, now);
        } else if (packet instanceof RegAck regAck) {
            onRegAck(regAck, now);
        } else if (packet instanceof PubAck pubAck) {
            onPubAck(pubAck, now);
        } else if (packet instanceof PubRec pubRec) {
            onPubRec(pubRec, now);
        } else if (packet instanceof PubComp pubComp) {
            onPubComp(pubComp, now);
        } else {
            throw new AssertionError("no gateway sends " + packet);
        }
    }

    private void onConnAck(ConnAck packet, long now) {
        if (link != Link.CONNECTING) {
            return;
        }
        if (packet.returnCode() != ReturnCode.ACCEPTED) {
            reconnectSoon(now + SECOND_NANOS);
            return;
        }
        link = Link.ACTIVE;
        registered.clear();
        subscriber.forgetTopicIds();
        answered(now);
    }

    private void onPingResp(long now) {
        if (!(request instanceof PingReq)) {
            return;
        }
        if (link == Link.AWAKE) {
            sleep(now);
        } else {
            answered(now);
        }
    }

    private void onSubAck(SubAck packet, long now) {
        if (request instanceof Subscribe subscribe && subscribe.msgId() == packet.msgId()) {
            if (packet.returnCode() == ReturnCode.ACCEPTED) {
                subscriber.onSubscribed(subscribe.topic(), packet.topicId());
                answered(now);
            } else {
                answered(now + SECOND_NANOS);
            }
        }
    }

    private void onRegAck(RegAck packet, long now) {
        if (request instanceof Register register && register.msgId() == packet.msgId()) {
            registered.put(register.topicName(), packet.topicId());
            subscriber.knows(packet.topicId(), register.topicName());
            answered(now);
        }
    }

    private void onPubAck(PubAck packet, long now) {
        if (!(request instanceof Publish publish) || publish.msgId() != packet.msgId()) {
            return;
        }
        switch (packet.returnCode()) {
            case ACCEPTED -> publisher.onDone(now);
            case CONGESTION -> publisher.onCongestion(now);
            case INVALID_TOPIC_ID -> registered.values().remove(publish.topicId());
            case NOT_SUPPORTED -> throw new AssertionError("refused: " + publish);
        }
        answered(now);
    }

    private void onPubRec(PubRec packet, long now) {
        if (request instanceof Publish publish && publish.msgId() == packet.msgId()) {
            publisher.onReceived();
            ask(new PubRel(packet.msgId()), now);
        }
    }

    private void onPubComp(PubComp packet, long now) {
        if (request instanceof PubRel pubRel && pubRel.msgId() == packet.msgId()) {
            publisher.onDone(now);
            answered(now);
        }
    }

    @Override
    public String toString() {
        return clientId + " " + link + " waiting for the answer to " + request;
    }
}
