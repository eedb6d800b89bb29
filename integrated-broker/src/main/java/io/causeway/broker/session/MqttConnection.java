package io.causeway.broker.session;

import io.causeway.session.ClientEvent;
import io.causeway.session.ClientEvent.Kind;
import io.causeway.timer.Timer;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;

/**
 * What lives as long as a network connection. Owned by the loop of its {@link MqttShard}: all methods are called there.
 * Once closed, by whichever side, it ignores everything.
 */
public final class MqttConnection {
    /** A DISCONNECT without reason string and other properties. */
    private static final int SMALLEST_DISCONNECT_OCTETS = 5;

    private static final int REASON_STRING_OCTETS = 3;

    /** So many packets wait here for what is durable; more messages wait in the queue, which has a policy. */
    private static final int MAX_HELD_BEFORE_MESSAGES = 100;
    /** A client that has caused so many is not read from. */
    private static final int MAX_HELD = 1_000;

    private final MqttSession session;
    private final MqttShard shard;
    private final ConnectionPort port;
    private final ProtocolVersion version;
    private final boolean bridge;
    private final int maxPacketOctets;
    private final long keepAliveNanos;
    private final Timer keepAlive = new Timer((unused, nowNanos) -> onSilent(nowNanos));
    private final PublishPackets packets;
    private final InboundPublishes inbound;
    private final PacketsIn packetsIn;
    private final HeldPackets held = new HeldPackets();
    private boolean open = true;
    /** The client has its CONNACK. */
    private boolean greeted;

    private boolean reading = true;
    private boolean unflushed;

    /** @param keepAliveSeconds as agreed on, 0 for none */
    MqttConnection(
            MqttSession session, MqttShard shard, ConnectionPort port, ConnectRequest request, int keepAliveSeconds) {
        this.session = session;
        this.shard = shard;
        this.port = port;
        this.version = request.version();
        this.bridge = request.bridge();
        this.maxPacketOctets = request.maxPacketOctets();
        this.keepAliveNanos = Duration.ofSeconds(keepAliveSeconds).toNanos() * 3 / 2; // [MQTT-3.1.2-22]
        int aliases =
                Math.min(request.topicAliasMaximum(), shard.broker().settings().topicAliasMaximum());
        this.packets = new PublishPackets(version, maxPacketOctets, new TopicAliasesOut(aliases));
        this.inbound = new InboundPublishes(this, session, shard);
        this.packetsIn = new PacketsIn(this, session, shard, inbound);
    }

    /** Once, when its session is ready for it: answers, and sends what waits. */
    void begin(MqttMessage connAck, long nowNanos) {
        onHeard(nowNanos);
        sendWhenDurable(connAck); // before anything else [MQTT-3.2.0-1]
        shard.broker().events().on(event(Kind.CONNECTED, ""));
        session.outbound().pump(nowNanos);
    }

    // ---- from the client -----------------------------------------------------------------------------------------

    /** A packet of the client; takes over the reference to its payload. */
    public void onPacket(MqttMessage packet, long nowNanos) {
        try {
            if (open) {
                onHeard(nowNanos);
                shard.run(session, now -> packetsIn.handle(packet, now), nowNanos);
            }
        } finally {
            ReferenceCountUtil.release(packet);
        }
    }

    /** No more packets for now: what was answered is flushed. */
    public void onReadComplete(long nowNanos) {
        shard.flushAll(nowNanos);
        regulateReading();
    }

    /** The port has become writable, or has ceased to be. */
    public void onWritable(long nowNanos) {
        if (!open) {
            return;
        }
        if (port.isWritable()) {
            onHeard(nowNanos); // it reads, so it is there
            shard.run(session, session.outbound()::pump, nowNanos);
            shard.flushAll(nowNanos);
        }
        regulateReading();
    }

    /**
     * Octets that are no packet, or one that is too large.
     *
     * @param reason MALFORMED_PACKET, PACKET_TOO_LARGE, ...: told to an MQTT 5 client
     * @param what   for the log
     */
    public void onMalformed(MqttReasonCodes.Disconnect reason, String what, long nowNanos) {
        end(reason, BrokerCount.MALFORMED, "malformed: " + what, nowNanos);
    }

    /** The peer has closed, or the connection is broken. The port needs no close any more. */
    public void onClosed(String cause, long nowNanos) {
        if (open) {
            shard.count(BrokerCount.CLIENTS_LOST);
            warn("connection lost", cause, nowNanos);
            finish(Kind.LOST, cause, nowNanos);
        }
    }

    /** False once it is over. */
    public boolean isOpen() {
        return open;
    }

    /** Answered also while others wait: a store in trouble is no reason to be taken for dead [MQTT-3.12.4-1]. */
    void answerPing() {
        if (greeted) {
            write(MqttMessage.PINGRESP);
        } else {
            send(MqttMessage.PINGRESP);
        }
    }

    /** @param reason what DISCONNECT says; 0 if all is well */
    void onDisconnected(int reason, long nowNanos) {
        shard.count(BrokerCount.DISCONNECTS);
        String cause = reason == 0 ? "" : "reason 0x%02x".formatted(reason);
        shard.log().event(nowNanos, "disconnected", session.clientId(), port.address(), cause);
        port.close();
        finish(Kind.DISCONNECTED, "", nowNanos);
    }

    private void onHeard(long nowNanos) {
        if (keepAliveNanos > 0) {
            shard.arm(keepAlive, nowNanos + keepAliveNanos);
        }
    }

    private void onSilent(long nowNanos) {
        shard.run(session, this::endSilent, nowNanos);
    }

    private void endSilent(long nowNanos) {
        if (isAhead()) {
            onHeard(nowNanos); // it is not read from, so nobody knows
            return;
        }
        end(
                MqttReasonCodes.Disconnect.KEEP_ALIVE_TIMEOUT,
                BrokerCount.CLIENTS_LOST_SILENT,
                "keep alive timeout",
                nowNanos);
    }

    // ---- ends ----------------------------------------------------------------------------------------------------

    void onProtocolError(String what, long nowNanos) {
        end(
                MqttReasonCodes.Disconnect.PROTOCOL_ERROR,
                BrokerCount.PROTOCOL_ERRORS,
                "protocol error: " + what,
                nowNanos);
    }

    void onLimitExceeded(MqttReasonCodes.Disconnect reason, String what, long nowNanos) {
        end(reason, BrokerCount.LIMITS_EXCEEDED, "limit exceeded: " + what, nowNanos);
    }

    /** The server ends the connection: an MQTT 5 client is told why, others see it closed. */
    void end(MqttReasonCodes.Disconnect reason, BrokerCount count, String cause, long nowNanos) {
        if (!open) {
            return;
        }
        shard.count(count);
        warn("connection ended", cause, nowNanos);
        sayGoodbye(reason, cause);
        finish(Kind.LOST, cause, nowNanos);
    }

    /** After an error of our own, which was counted and logged; the session has ended already. */
    void abort() {
        if (open) {
            sayGoodbye(MqttReasonCodes.Disconnect.IMPLEMENTATION_SPECIFIC_ERROR, "internal error");
            close(Kind.LOST, "internal error");
        }
    }

    /** The largest packet that the client takes. */
    int maxPacketOctets() {
        return maxPacketOctets;
    }

    /** The server stops; what becomes of the session is decided by the next one. */
    void shutDown(long nowNanos) {
        sayGoodbye(MqttReasonCodes.Disconnect.SERVER_SHUTTING_DOWN, "server shutting down");
        close(Kind.DISCONNECTED, "server shutting down");
        session.suspend();
    }

    /** Not before CONNACK [MQTT-3.14.0-1], and in place of what is not durable. */
    private void sayGoodbye(MqttReasonCodes.Disconnect reason, String why) {
        if (version.isFive() && greeted) {
            boolean fits = SMALLEST_DISCONNECT_OCTETS + REASON_STRING_OCTETS + why.length() <= maxPacketOctets;
            write(Answers.disconnect(reason.byteValue(), fits ? why : ""));
        }
        port.close();
    }

    private void finish(Kind end, String cause, long nowNanos) {
        close(end, cause);
        session.onConnectionOver(nowNanos);
    }

    private void close(Kind end, String cause) {
        open = false;
        shard.disarm(keepAlive);
        shard.commits().forget(this);
        held.drop();
        inbound.close();
        shard.broker().events().on(event(end, cause));
    }

    // ---- to the client -------------------------------------------------------------------------------------------

    /** Flushed at the end of the batch; behind what waits for something to be durable. */
    void send(MqttMessage packet) {
        if (!open) {
            ReferenceCountUtil.release(packet);
        } else if (held.isEmpty()) {
            write(packet);
        } else {
            held.add(packet, 0);
        }
    }

    /**
     * As {@link #send}, for a message at QoS 0 or 1: while nothing becomes durable, it passes what waits for that. Only
     * messages of the same QoS have to keep their order [MQTT-4.6.0-5].
     */
    void sendMessage(MqttMessage packet) {
        if (held.isEmpty() || !greeted || shard.commits().isTaking()) {
            send(packet);
            return;
        }
        held.add(packet, 0);
        for (MqttMessage next = held.pollMessage(); next != null; next = held.pollMessage()) {
            write(next);
        }
    }

    /** As {@link #send}, but not before all is durable that the client learns from this of its session. */
    void sendWhenDurable(MqttMessage packet) {
        long unit = session.record().awaitedUnit();
        if (!open || shard.commits().isDurable(unit)) {
            send(packet);
            return;
        }
        shard.commits().await(this);
        held.add(packet, unit);
    }

    /** Some more of what the session has changed is durable. */
    void onDurable(long nowNanos) {
        for (MqttMessage next = held.poll(shard.commits()); next != null; next = held.poll(shard.commits())) {
            write(next);
        }
        shard.run(session, session.outbound()::pump, nowNanos);
    }

    /** Whether something waits for what is not durable. */
    boolean isHolding() {
        return !held.isEmpty();
    }

    private void write(MqttMessage packet) {
        greeted = true;
        if (!unflushed) {
            unflushed = true;
            shard.flushLater(this);
        }
        port.send(packet);
    }

    void flush() {
        unflushed = false;
        if (open) {
            port.flush();
            regulateReading();
        }
    }

    boolean isWritable() {
        return open && port.isWritable() && held.size() < MAX_HELD_BEFORE_MESSAGES;
    }

    /** A client that does not read its answers, or is ahead of the queues, is not read from. */
    void regulateReading() {
        if (!open) {
            return;
        }
        boolean wanted = port.isWritable() && !isAhead();
        if (wanted != reading) {
            reading = wanted;
            port.setReading(wanted);
        }
    }

    /** Whether the client waits for so much that no more is read. */
    private boolean isAhead() {
        return inbound.isFull() || held.size() >= MAX_HELD;
    }

    PublishPackets packets() {
        return packets;
    }

    ProtocolVersion version() {
        return version;
    }

    /** Whether the client is a broker that has connected as a bridge. */
    boolean isBridge() {
        return bridge;
    }

    String address() {
        return port.address();
    }

    ClientEvent event(Kind kind, String cause) {
        return new ClientEvent(
                kind, session.clientId(), session.identity().user(), port.address(), version.toString(), cause);
    }

    /** Of the connection as a whole. */
    private void warn(String what, String why, long nowNanos) {
        shard.log().warning(nowNanos, what, session.clientId(), port.address(), why);
    }

    /** Of something that the client asked for and does not get. */
    void warnRefused(String what, String why, long nowNanos) {
        shard.refusals().warning(nowNanos, what, session.clientId(), port.address(), why);
    }

    /** Whether the client takes packets of that size. */
    boolean takes(int octets) {
        return octets <= maxPacketOctets;
    }
}
