package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.WillTopicUpd;
import io.causeway.timer.TimerWheel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

import static io.causeway.client.ClientState.ACTIVE;
import static io.causeway.client.ClientState.ASLEEP;
import static io.causeway.client.ClientState.AWAKE;
import static io.causeway.client.ClientState.CONNECTING;
import static io.causeway.client.ClientState.DISCONNECTED;
import static io.causeway.client.ClientState.DISCONNECTING;
import static io.causeway.client.ClientState.FALLING_ASLEEP;

/**
 * The protocol of one client (1.2 §6, the client's side). Of every kind one request is under way at a time, and repeated
 * until it is answered; further ones wait in order.
 *
 * <p>Requests that need a connection fail at once with {@link WrongStateException} while there is none. When a connection
 * is lost, all that was under way fails, except messages that the settings carry over into the next one.
 *
 * <p>A session knows no addresses: its owner may move it to another socket at any time.
 *
 * <p>Not thread-safe: whoever advances the wheel owns the session. Points in time are {@link System#nanoTime()} values.
 */
public final class ClientSession {
    private static final Set<ClientState> ONLY_ACTIVE = Set.of(ACTIVE);

    /** Asleep, a client should be silent (1.2 §6.14), but gateways serve it, and it saves a battery two exchanges. */
    private static final Set<ClientState> CAN_PUBLISH = Set.of(ACTIVE, ASLEEP, AWAKE);

    private static final Set<ClientState> CAN_LEAVE = CAN_PUBLISH;
    private static final Set<ClientState> CAN_CONNECT = Set.of(DISCONNECTED, ASLEEP, AWAKE);

    private final ClientSettings settings;
    private final ClientPort port;
    private final TopicAliases aliases = new TopicAliases();
    private final Lanes lanes;
    private final Registrations registrations;
    private final Subscriptions subscriptions;
    private final WillUpdates willUpdates;
    private final OutboundMessages outbound;
    private final InboundMessages inbound;
    private final KeepAlive keepAlive;
    private final Farewell farewell;

    private ClientState state = DISCONNECTED;

    /** @param wheel advanced by the owner of the session */
    public ClientSession(ClientSettings settings, TimerWheel wheel, ClientPort port) {
        this.settings = settings;
        this.port = port;
        var packetIds = new PacketIds();
        this.lanes = new Lanes(settings, packetIds, wheel, this::send, new LaneOwner());
        this.registrations = new Registrations(aliases, lanes.registers);
        this.subscriptions = new Subscriptions(aliases, lanes.subscriptions);
        this.willUpdates = new WillUpdates(lanes.willTopics, lanes.willMessages);
        this.outbound = new OutboundMessages(
                aliases,
                registrations,
                lanes.publishes,
                packetIds,
                this::send,
                settings.queuedRequests(),
                port::onRejection);
        this.inbound = new InboundMessages(aliases, settings.retryInterval(), this::send, port::onMessage);
        this.farewell = new Farewell(lanes, outbound, this::settleIn);
        this.keepAlive = new KeepAlive(settings, wheel, this::pingIfActive);
    }

    public ClientState state() {
        return state;
    }

    /**
     * Connects, with the will if there is one (1.2 §6.2). While asleep or awake it is the way back to active, and gives up
     * nothing: neither session nor will (1.2 §6.14).
     */
    public void connect(Reply<Done> reply, long nowNanos) {
        if (isRefused(CAN_CONNECT, reply)) {
            return;
        }
        boolean isNew = state == DISCONNECTED;
        boolean cleanSession = isNew && settings.cleanSession();
        boolean hasWill = isNew && !settings.will().isNone();
        if (isNew) {
            aliases.onConnect(cleanSession);
        }
        if (cleanSession) {
            inbound.onCleanSession();
        }
        List<Exchange> wakeUp = leaveSleep(CONNECTING);
        keepAlive.start(nowNanos);
        int keepAliveSeconds = (int) settings.keepAlive().toSeconds();
        var connect = new Connect(hasWill, cleanSession, Connect.PROTOCOL_ID, keepAliveSeconds, settings.clientId());
        lanes.connection.submit(
                new ConnectExchange(
                        connect, settings.will(), connAck -> onConnected(connAck.returnCode(), reply), reply::failed),
                nowNanos);
        breakOff(wakeUp, CONNECTING);
    }

    private void onConnected(ReturnCode returnCode, Reply<Done> reply) {
        if (returnCode == ReturnCode.ACCEPTED) {
            settleIn(ACTIVE);
        } else {
            lose(LossCause.GATEWAY_DISCONNECT, null);
        }
        reply.answered(returnCode, Done.DONE);
    }

    /**
     * The gateway that has just accepted is not the one of the connection before, and has no part in what that left undone:
     * messages under way are published anew, and its topic aliases and deliveries are forgotten. To be called from within
     * the reply to {@link #connect}, before anything else is sent.
     */
    void onOtherGateway() {
        aliases.onConnect(true);
        inbound.onCleanSession();
        outbound.startOver();
    }

    /** @return the wake-up that is under way, if there is one: it is over, and to be told so by {@link #breakOff} */
    private List<Exchange> leaveSleep(ClientState next) {
        boolean isAwake = state == AWAKE;
        state = next;
        return isAwake ? lanes.connection.drain() : List.of();
    }

    /** After a wake-up the gateway delivers the rest unasked, or keeps it. */
    private static void breakOff(List<Exchange> exchanges, ClientState next) {
        exchanges.forEach(exchange -> exchange.onFailed(new WrongStateException(next)));
    }

    /**
     * Ends the connection in order, after all that is under way (1.2 §6.12). While connecting it breaks off the attempt, of
     * which the gateway may know already; what is carried over waits for another one.
     */
    public void disconnect(Reply<Done> reply, long nowNanos) {
        if (state == CONNECTING) {
            breakOffAttempt(reply, nowNanos);
        } else {
            leave(DISCONNECTING, Disconnect.plain(), DISCONNECTED, reply, nowNanos);
        }
    }

    private void breakOffAttempt(Reply<Done> reply, long nowNanos) {
        state = DISCONNECTING;
        List<Exchange> attempt = lanes.connection.drain();
        farewell.sayNow(Disconnect.plain(), DISCONNECTED, reply, nowNanos);
        breakOff(attempt, DISCONNECTING);
    }

    /**
     * Falls asleep after all that is under way, or changes the duration of the sleep (1.2 §6.14).
     *
     * @param duration 1 to 65,535 whole seconds: the time within which {@link #awaken} is to follow, or the gateway takes
     *     the client for lost
     * @throws IllegalArgumentException if it is anything else
     */
    public void sleep(Duration duration, Reply<Done> reply, long nowNanos) {
        ClientSettings.requireWireSeconds(duration, "sleep duration");
        if (duration.isZero()) {
            throw new IllegalArgumentException("a sleep lasts at least a second");
        }
        leave(FALLING_ASLEEP, new Disconnect((int) duration.toSeconds()), ASLEEP, reply, nowNanos);
    }

    private void leave(ClientState leaving, Disconnect disconnect, ClientState left, Reply<Done> reply, long nowNanos) {
        if (isRefused(CAN_LEAVE, reply)) {
            return;
        }
        List<Exchange> wakeUp = leaveSleep(leaving);
        farewell.say(disconnect, left, reply, nowNanos);
        breakOff(wakeUp, leaving);
    }

    /**
     * Fetches what the gateway has kept for the sleeping client, which is asleep again afterwards (1.2 §6.14). Fails with
     * {@link WrongStateException} if meanwhile the client is asked to connect or to leave.
     */
    public void awaken(Reply<Done> reply, long nowNanos) {
        if (isRefused(Set.of(ASLEEP), reply)) {
            return;
        }
        state = AWAKE;
        lanes.connection.submit(
                new Request<>(
                        new PingReq(settings.clientId()),
                        PingResp.class,
                        answer -> {
                            settleIn(ASLEEP);
                            reply.accepted(Done.DONE);
                        },
                        reply::failed),
                nowNanos);
    }

    /** Ends everything at once, without a word to the gateway. Nothing is carried over. */
    public void close() {
        lose(LossCause.CLOSED, null);
    }

    /** Asks for the alias of a topic name (1.2 §6.5). Publishing does so by itself when needed. */
    public void register(String topicName, Reply<Integer> reply, long nowNanos) {
        if (!isRefused(CAN_PUBLISH, reply)) {
            registrations.register(topicName, reply, nowNanos);
        }
    }

    /** Publishes after all messages before it; at QoS 0 and -1 it is accepted when sent. QoS -1 is always possible. */
    public void publish(OutgoingMessage message, Reply<Done> reply, long nowNanos) {
        if (message.qos() == Qos.MINUS_ONE) {
            outbound.publishUnconnected(message, reply, nowNanos);
        } else if (!isRefused(CAN_PUBLISH, reply)) {
            outbound.publish(message, reply, nowNanos);
        }
    }

    /**
     * Subscribes to a filter, a predefined topic or a short one (1.2 §6.9).
     *
     * @param qos   0, 1 or 2
     * @param reply told the QoS that is granted
     * @throws IllegalArgumentException if the QoS is -1
     */
    public void subscribe(Topic topic, Qos qos, Reply<Qos> reply, long nowNanos) {
        if (qos == Qos.MINUS_ONE) {
            throw new IllegalArgumentException("a subscription has QoS 0, 1 or 2");
        }
        if (!isRefused(ONLY_ACTIVE, reply)) {
            subscriptions.subscribe(topic, qos, reply, nowNanos);
        }
    }

    /** Ends the subscription to a filter, a predefined topic or a short one (1.2 §6.9). */
    public void unsubscribe(Topic topic, Reply<Done> reply, long nowNanos) {
        if (!isRefused(ONLY_ACTIVE, reply)) {
            subscriptions.unsubscribe(topic, reply, nowNanos);
        }
    }

    /** Asks the gateway for a sign of life; the keep-alive does so by itself (1.2 §6.11). */
    public void ping(Reply<Done> reply, long nowNanos) {
        if (!isRefused(ONLY_ACTIVE, reply)) {
            lanes.pings.submit(
                    new Request<>(new PingReq(""), PingResp.class, answer -> reply.accepted(Done.DONE), reply::failed),
                    nowNanos);
        }
    }

    /**
     * Replaces topic, QoS and retain flag of the will that the gateway has (1.2 §6.4). The settings stay as they are.
     *
     * @param topicName empty to delete the will, its message included; then QoS is 0 and the retain flag not set
     * @throws IllegalArgumentException if the QoS is -1, or there are flags without a topic
     */
    public void updateWillTopic(String topicName, Qos qos, boolean retain, Reply<Done> reply, long nowNanos) {
        WillTopicUpd update = new WillTopicUpd(qos, retain, topicName);
        if (!isRefused(ONLY_ACTIVE, reply)) {
            willUpdates.updateTopic(update, reply, nowNanos);
        }
    }

    /** Replaces the message of the will that the gateway has (1.2 §6.4). The settings stay as they are. */
    public void updateWillMessage(Octets message, Reply<Done> reply, long nowNanos) {
        if (!isRefused(ONLY_ACTIVE, reply)) {
            willUpdates.updateMessage(message, reply, nowNanos);
        }
    }

    /** Takes a packet of the gateway. What fits nothing that is under way is ignored. */
    public void receive(Packet packet, long nowNanos) {
        if (state == DISCONNECTED) {
            return;
        }
        keepAlive.onReceived(nowNanos);
        if (state == AWAKE) {
            lanes.connection.extend(nowNanos);
        }
        packet.accept(new Inbox(this, lanes, outbound, inbound, nowNanos));
    }

    /** PINGREQ of the gateway (1.2 §6.11). */
    void onPingReq(long nowNanos) {
        send(new PingResp(), nowNanos);
    }

    /** PINGRESP: the end of a wake-up, or a sign of life. */
    void onPingResp(PingResp pingResp, long nowNanos) {
        RequestLane lane = state == AWAKE ? lanes.connection : lanes.pings;
        lane.onAnswer(pingResp, nowNanos);
    }

    /**
     * DISCONNECT: the answer to ours, or the gateway does not know us (1.2 §6.12). While connecting, or asleep with nothing
     * asked, it is a late copy of an earlier answer.
     */
    void onDisconnect(Disconnect disconnect, long nowNanos) {
        boolean isAnswer = (state == DISCONNECTING || state == FALLING_ASLEEP) && !farewell.isWaiting();
        if (isAnswer) {
            lanes.connection.onAnswer(disconnect, nowNanos);
        } else if (state != CONNECTING && !(state == ASLEEP && lanes.areIdle())) {
            lose(LossCause.GATEWAY_DISCONNECT, null);
        }
    }

    private boolean isRefused(Set<ClientState> possible, Reply<?> reply) {
        if (possible.contains(state)) {
            return false;
        }
        reply.failed(new WrongStateException(state));
        return true;
    }

    private void settleIn(ClientState newState) {
        state = newState;
        if (newState != ACTIVE) {
            keepAlive.stop();
        }
    }

    private void pingIfActive(long nowNanos) {
        if (state == ACTIVE && lanes.pings.isIdle()) {
            lanes.pings.submit(new Request<>(new PingReq(""), PingResp.class, answer -> {}, cause -> {}), nowNanos);
        }
    }

    private void send(Packet packet, long nowNanos) {
        keepAlive.onSent(nowNanos);
        port.send(packet);
    }

    /** @param unanswered the exchange that had no answer, if that is how it was noticed */
    private void lose(LossCause cause, @Nullable Exchange unanswered) {
        boolean wasConnected = state != DISCONNECTED && state != CONNECTING && state != DISCONNECTING;
        settleIn(DISCONNECTED);
        List<Exchange> abandoned = new ArrayList<>(lanes.drain());
        abandoned.addAll(farewell.drain());
        if (settings.carriesOver() && cause != LossCause.CLOSED) {
            outbound.suspend();
        } else {
            abandoned.addAll(outbound.drain());
        }
        for (Exchange exchange : abandoned) {
            exchange.onFailed(exchange == unanswered ? new NoResponseException() : new ConnectionLostException(cause));
        }
        if (wasConnected) {
            port.onConnectionLost(cause);
        }
    }

    private final class LaneOwner implements RequestLane.Owner {
        @Override
        public void onSettled(long nowNanos) {
            if (state != DISCONNECTED) {
                outbound.sendWaiting(nowNanos);
                farewell.sendIfIdle(nowNanos);
            }
        }

        @Override
        public void onRepetition(Packet packet) {
            port.onRepetition(packet);
        }

        /** A sleeper sleeps on and may try again (1.2 §6.14); for others the gateway is gone (1.2 §6.13). */
        @Override
        public void onNoResponse(RequestLane lane, Exchange exchange, long nowNanos) {
            if (state != ASLEEP && state != AWAKE) {
                lose(LossCause.NO_RESPONSE, exchange);
                return;
            }
            if (lane == lanes.connection) {
                settleIn(ASLEEP);
            }
            lane.giveUp(exchange, nowNanos);
            exchange.onFailed(new NoResponseException());
            onSettled(nowNanos);
        }
    }
}
