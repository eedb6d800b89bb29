package io.causeway.simulator.fleet;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.SearchGw;
import io.causeway.simulator.network.DatagramReceiver;
import io.causeway.simulator.network.SensorSocket;
import io.causeway.simulator.network.Sockets;
import io.causeway.simulator.verify.ArrivalListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Gateway and broker in memory and virtual time. Keeps its promises, unless it is told not to; what it must not do can be put
 * between its clients and its broker, in both directions.
 */
final class VirtualGateway implements Sockets, Broker {
    private static final long GLANCE_NANOS = 100_000_000;

    /** All datagrams of sensors, with their times, if wanted. */
    final List<String> log = new ArrayList<>();

    boolean isLogging;

    /** What becomes of a message on its way to the broker, after it was acknowledged. */
    Function<Octets, List<Octets>> upward = List::of;

    /** Under which topic a message comes to the broker. */
    UnaryOperator<String> upwardTopic = topic -> topic;

    /** What becomes of a command on its way to its sensor. */
    Function<Octets, List<Octets>> downward = List::of;

    /** Whom it takes. */
    Predicate<String> isWelcome = clientId -> true;

    /** What it takes no notice of. */
    Predicate<Packet> isIgnored = packet -> false;

    /** It confirms that its clients fall asleep, and goes on as if they had not. */
    boolean ignoresSleep;

    /** It says and hears nothing. */
    boolean isDead;

    /** It answers everything with octets that are no packet. */
    boolean isMad;

    /** The system says that nobody is at its port. */
    boolean isAbsent;

    /** How many sensors get a socket. */
    int ports = Integer.MAX_VALUE;

    /** How long the broker takes until it hands a command to its subscriber, and after that until it says so. */
    Duration routing = Duration.ZERO;

    Duration acceptance = Duration.ZERO;

    /** How long a message takes from the gateway to who looks for it at the broker. */
    Duration passage = Duration.ZERO;

    /** Why the broker cannot be asked, or trusted. */
    String brokerTrouble = "";

    boolean tellsLosses;

    String brokerDoubt = "";

    private final Map<Integer, Socket> sockets = new HashMap<>();
    private final Map<String, VirtualClient> clients = new HashMap<>();
    private final Map<Integer, VirtualClient> clientAt = new HashMap<>();
    private final ArrayDeque<Letter> inbox = new ArrayDeque<>();
    private final ArrayDeque<Letter> outbox = new ArrayDeque<>();
    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    private final List<Later> passing = new ArrayList<>();
    private final List<Later> routed = new ArrayList<>();
    private final List<Later> accepted = new ArrayList<>();
    private int lastPort;
    private long nowNanos;
    private long glanceNanos;

    // ---- as the sensors' network

    @Override
    public SensorSocket open(DatagramReceiver receiver) throws IOException {
        if (lastPort == ports) {
            throw new IOException("Too many open files");
        }
        Socket socket = new Socket(++lastPort, receiver);
        sockets.put(socket.port, socket);
        return socket;
    }

    void turn(long now) {
        nowNanos = now;
        runDue(routed);
        for (Letter letter = inbox.poll(); letter != null; letter = inbox.poll()) {
            receive(letter);
        }
        if (now - glanceNanos >= 0 || glanceNanos == 0) {
            glanceNanos = now + GLANCE_NANOS;
            clients.values().forEach(client -> client.repeat(now));
        }
        for (Letter letter = outbox.poll(); letter != null; letter = outbox.poll()) {
            Socket socket = sockets.get(letter.port);
            if (socket != null) {
                socket.receiver.onDatagram(Unpooled.wrappedBuffer(letter.octets.toByteArray()), now);
            }
        }
    }

    /** It has lost all its memory. */
    void forgetAll() {
        clients.clear();
        clientAt.clear();
    }

    int sessions() {
        return clients.size();
    }

    int connected() {
        return clientAt.size();
    }

    long subscriptions() {
        return clients.values().stream().mapToInt(VirtualClient::subscriptions).sum();
    }

    private void receive(Letter letter) {
        if (isDead) {
            return;
        }
        if (isMad) {
            outbox.add(new Letter(letter.port, Octets.ofHex("0203")));
            return;
        }
        try {
            Packet packet = PacketCodec.decode(Unpooled.wrappedBuffer(letter.octets.toByteArray()), Leniency.FIELD);
            receive(packet, letter.port);
        } catch (MalformedPacketException e) {
            throw new AssertionError("a sensor sent no packet", e);
        }
    }

    private void receive(Packet packet, int port) {
        if (isIgnored.test(packet)) {
            return;
        }
        if (ignoresSleep && packet instanceof Disconnect disconnect && disconnect.hasDuration()) {
            send(Disconnect.plain(), port);
            return;
        }
        if (packet instanceof Connect connect) {
            connect(connect, port);
            return;
        }
        if (packet instanceof Publish publish && publish.qos() == Qos.MINUS_ONE) {
            passOn(GroupBuilder.BEACON_TOPIC, publish.data());
            return;
        }
        VirtualClient client = clientAt.get(port);
        if (packet instanceof PingReq ping && !ping.clientId().isEmpty()) {
            client = clients.get(ping.clientId());
            if (client != null) {
                move(client, port);
            }
        }
        if (client != null) {
            client.receive(packet, nowNanos);
        } else if (!(packet instanceof SearchGw)) {
            send(Disconnect.plain(), port);
        }
    }

    private void connect(Connect connect, int port) {
        if (!isWelcome.test(connect.clientId())) {
            VirtualClient.refuse(packet -> send(packet, port));
            return;
        }
        if (connect.cleanSession()) {
            clients.remove(connect.clientId());
        }
        VirtualClient client =
                clients.computeIfAbsent(connect.clientId(), id -> new VirtualClient(this::passOn, this::leave));
        move(client, port);
        client.receive(connect, nowNanos);
    }

    private void move(VirtualClient client, int port) {
        clientAt.values().remove(client);
        clientAt.put(port, client);
        client.moveTo(packet -> send(packet, port));
    }

    private void leave(VirtualClient client) {
        clientAt.values().remove(client);
    }

    private void send(Packet packet, int port) {
        outbox.add(new Letter(port, PacketCodec.encode(packet)));
    }

    // ---- as the broker

    private void passOn(String topic, Octets payload) {
        long arrivesNanos = nowNanos + passage.toNanos();
        upward.apply(payload)
                .forEach(copy -> passing.add(
                        new Later(arrivesNanos, () -> arrivals.add(new Arrival(upwardTopic.apply(topic), copy)))));
    }

    @Override
    public void drain(ArrivalListener listener) {
        runDue(accepted);
        runDue(passing);
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
            listener.onArrived(next.topic, Unpooled.wrappedBuffer(next.payload.toByteArray()), false, nowNanos);
        }
    }

    @Override
    public boolean send(String topic, Octets payload, Qos qos, Runnable whenAccepted) {
        long routedNanos = nowNanos + routing.toNanos();
        routed.add(new Later(routedNanos, () -> route(topic, payload, qos)));
        if (qos.isAcknowledged()) {
            accepted.add(new Later(routedNanos + acceptance.toNanos(), whenAccepted));
        }
        runDue(routed);
        return true;
    }

    @Override
    public boolean isSending() {
        return !accepted.isEmpty();
    }

    private void route(String topic, Octets payload, Qos qos) {
        for (Octets copy : downward.apply(payload)) {
            clients.values().forEach(client -> client.deliver(topic, copy, qos, nowNanos));
        }
    }

    private void runDue(List<Later> tasks) {
        List<Later> due =
                tasks.stream().filter(task -> nowNanos - task.nanos >= 0).toList();
        tasks.removeAll(due);
        due.forEach(task -> task.action.run());
    }

    private record Later(long nanos, Runnable action) {}

    @Override
    public Optional<String> trouble() {
        return Optional.of(brokerTrouble).filter(words -> !words.isEmpty());
    }

    @Override
    public boolean tellsLosses() {
        return tellsLosses;
    }

    @Override
    public Optional<String> doubt() {
        return Optional.of(brokerDoubt).filter(words -> !words.isEmpty());
    }

    private record Arrival(String topic, Octets payload) {}

    private record Letter(int port, Octets octets) {}

    private final class Socket implements SensorSocket {
        final int port;
        final DatagramReceiver receiver;

        Socket(int port, DatagramReceiver receiver) {
            this.port = port;
            this.receiver = receiver;
        }

        @Override
        public void send(ByteBuf datagram) {
            if (isAbsent) {
                receiver.onSocketTrouble("Connection refused");
                return;
            }
            Octets octets = Octets.copyOf(datagram.duplicate());
            inbox.add(new Letter(port, octets));
            if (isLogging) {
                log.add(nowNanos + " " + port + " " + octets.toHex());
            }
        }

        @Override
        public void close() {
            sockets.remove(port);
        }
    }
}
