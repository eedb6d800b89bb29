package io.causeway.client;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.PingReq;
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
import io.causeway.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class MqttSnClientTest {
    private static final Topic TOPIC = new Topic.Name("plant/state");
    private static final Octets PAYLOAD = Octets.utf8("on");
    private static final ClientSettings SETTINGS =
            ClientSettings.forClient("c1").retry(Duration.ofMillis(100), 2).build();

    private static final ClientSettings CARRYING_OVER = ClientSettings.forClient("c1")
            .retry(Duration.ofMillis(100), 2)
            .cleanSession(false)
            .carriesOver(true)
            .build();

    private final ClientLoop loop = ClientLoop.start();
    private final Queue<IncomingMessage> messages = new ConcurrentLinkedQueue<>();
    private final Queue<LossCause> losses = new ConcurrentLinkedQueue<>();
    private final Queue<InetSocketAddress> reconnections = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    @Test
    void messagePublishedToOwnSubscription_comesBack() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(MqttSnClientTest::echo)) {
            MqttSnClient client = open(Endpoint.of(gateway.address()));

            get(client.connect());
            assertThat(get(client.subscribe(TOPIC, Qos.AT_LEAST_ONCE))).isEqualTo(Qos.AT_LEAST_ONCE);
            get(client.publish(TOPIC, PAYLOAD, Qos.AT_LEAST_ONCE, false));
            await().until(() -> !messages.isEmpty());
            get(client.disconnect());

            assertThat(messages).containsExactly(new IncomingMessage(TOPIC, PAYLOAD, Qos.AT_MOST_ONCE, false, false));
            assertThat(losses).isEmpty();
        }
    }

    @Test
    @Requirement("C-FWD-01")
    void clientBehindForwarder_talksInEnvelopes() throws Exception {
        Octets nodeId = Octets.ofHex("0a0b");
        try (UdpResponder forwarder = UdpResponder.start(packet -> echoInEnvelope((Encapsulated) packet))) {
            MqttSnClient client = open(Endpoint.of(forwarder.address()).behindForwarder(nodeId));

            get(client.connect());

            assertThat(forwarder.received()).singleElement().isInstanceOfSatisfying(Encapsulated.class, envelope -> {
                assertThat(envelope.nodeId()).isEqualTo(nodeId);
            });
        }
    }

    @Test
    @Requirement("C-PUB-06")
    void rejectedPublish_failsWithItsReturnCode() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(MqttSnClientTest::congested)) {
            MqttSnClient client = open(Endpoint.of(gateway.address()));
            get(client.connect());

            var published = client.publish(new Topic.Predefined(1), PAYLOAD, Qos.AT_LEAST_ONCE, false);

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> get(published))
                    .havingCause()
                    .isInstanceOfSatisfying(
                            RejectedException.class,
                            rejection -> assertThat(rejection.returnCode()).isEqualTo(ReturnCode.CONGESTION));
        }
    }

    @Test
    void nobodyAtThePort_connectFailsAfterItsRepetitions() throws Exception {
        InetSocketAddress nobody;
        try (UdpResponder gone = UdpResponder.start(packet -> List.of())) {
            nobody = gone.address();
        }
        MqttSnClient client = open(Endpoint.of(nobody));

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(client.connect()))
                .withCauseInstanceOf(NoResponseException.class);
    }

    @Test
    void closedClient_tellsItsListener() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(MqttSnClientTest::echo)) {
            MqttSnClient client = open(Endpoint.of(gateway.address()));
            get(client.connect());

            client.close();

            await().untilAsserted(() -> assertThat(losses).containsExactly(LossCause.CLOSED));
        }
    }

    @Test
    void localAddressInUse_opensNoClient() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(MqttSnClientTest::echo)) {
            Endpoint taken = Endpoint.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
                    .from(gateway.address());

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> open(taken))
                    .withCauseInstanceOf(IOException.class);
        }
    }

    @Test
    @Requirement("C-DIS-02")
    void clientThatTheGatewayForgot_connectsAgainByItself() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(MqttSnClientTest::forgetful)) {
            MqttSnClient client = openReconnecting(gateway.address(), List::of);
            get(client.connect());

            assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(client.ping()));
            await().until(() -> !reconnections.isEmpty());

            assertThat(reconnections).containsExactly(gateway.address());
            assertThat(losses).containsExactly(LossCause.GATEWAY_DISCONNECT);
            assertThat(get(client.disconnect())).isEqualTo(Done.DONE);
        }
    }

    @Test
    void disconnectDuringAReconnection_endsIt() throws Exception {
        var connects = new AtomicInteger();
        try (UdpResponder gateway = UdpResponder.start(packet ->
                packet instanceof Connect && connects.incrementAndGet() > 1 ? List.of() : forgetful(packet))) {
            MqttSnClient client = openReconnecting(gateway.address(), List::of);
            get(client.connect());
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(client.ping()));
            await().until(() -> connects.get() > 1);

            assertThat(get(client.disconnect())).isEqualTo(Done.DONE);

            assertThat(gateway.received()).endsWith(Disconnect.plain());
            assertThat(reconnections).isEmpty();
        }
    }

    @Test
    void disconnectWhileAReconnectionOpensItsSocket_endsIt() throws Exception {
        try (UdpResponder former = UdpResponder.start(MqttSnClientTest::forgetful);
                UdpResponder other = UdpResponder.start(MqttSnClientTest::echo)) {
            var opened = new CompletableFuture<MqttSnClient>();
            MqttSnClient client = openReconnecting(former.address(), () -> {
                opened.join().disconnect();
                return List.of(former.address(), other.address());
            });
            opened.complete(client);
            get(client.connect());
            InetSocketAddress before = client.localAddress();

            assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(client.ping()));
            await().until(() -> !client.localAddress().equals(before));

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> get(client.ping()))
                    .withCauseInstanceOf(WrongStateException.class);
            assertThat(other.received()).isEmpty();
        }
    }

    @Test
    @Requirement({"C-RTX-03", "C-KA-05", "C-DISC-07"})
    void lostGateway_isLeftForAnother() throws Exception {
        try (UdpResponder other = UdpResponder.start(MqttSnClientTest::echo)) {
            UdpResponder lost = UdpResponder.start(MqttSnClientTest::echo);
            List<InetSocketAddress> gateways = List.of(lost.address(), other.address());
            MqttSnClient client = openReconnecting(lost.address(), () -> gateways);
            get(client.connect());

            lost.close();
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(client.ping()));
            await().until(() -> !reconnections.isEmpty());
            get(client.publish(TOPIC, PAYLOAD, Qos.AT_LEAST_ONCE, false));

            assertThat(reconnections).containsExactly(other.address());
        }
    }

    @Test
    void messageThatOnlyALostGatewayHas_isPublishedAtTheNext() throws Exception {
        try (UdpResponder lost = UdpResponder.start(MqttSnClientTest::receivingOnly);
                UdpResponder other = UdpResponder.start(MqttSnClientTest::exactlyOnce)) {
            List<InetSocketAddress> gateways = List.of(lost.address(), other.address());
            MqttSnClient client = openReconnecting(lost.address(), () -> gateways, CARRYING_OVER);
            get(client.connect());

            get(client.publish(new Topic.Predefined(9), PAYLOAD, Qos.EXACTLY_ONCE, false));

            assertThat(lost.received()).filteredOn(Publish.class::isInstance).hasSize(1);
            assertThat(other.received()).filteredOn(Publish.class::isInstance).hasSize(1);
        }
    }

    @Test
    void messageOfALostGatewayThatIsFoundAgain_isNotPublishedTwice() throws Exception {
        var releases = new AtomicInteger();
        Function<Packet, List<Packet>> faltering = packet -> packet instanceof PubRel && releases.incrementAndGet() == 1
                ? receivingOnly(packet)
                : exactlyOnce(packet);
        try (UdpResponder gateway = UdpResponder.start(faltering);
                UdpResponder full = UdpResponder.start(packet -> List.of(new ConnAck(ReturnCode.CONGESTION)))) {
            List<InetSocketAddress> gateways = List.of(gateway.address(), full.address());
            MqttSnClient client = openReconnecting(gateway.address(), () -> gateways, CARRYING_OVER);
            get(client.connect());

            get(client.publish(new Topic.Predefined(9), PAYLOAD, Qos.EXACTLY_ONCE, false));

            assertThat(full.received()).isNotEmpty();
            assertThat(gateway.received()).filteredOn(Publish.class::isInstance).hasSize(1);
        }
    }

    @Test
    void clientOnAnotherSocket_goesOnWithItsSession() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(MqttSnClientTest::echo)) {
            MqttSnClient client = open(Endpoint.of(gateway.address()));
            get(client.connect());
            InetSocketAddress before = client.localAddress();

            get(client.rebind(new InetSocketAddress(0)));
            get(client.publish(TOPIC, PAYLOAD, Qos.AT_LEAST_ONCE, false));

            assertThat(client.localAddress()).isNotEqualTo(before);
            assertThat(losses).isEmpty();
        }
    }

    @Test
    void addressThatIsTaken_leavesTheSocketAsItWas() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(MqttSnClientTest::echo)) {
            MqttSnClient client = open(Endpoint.of(gateway.address()));
            get(client.connect());

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> get(client.rebind(gateway.address())))
                    .withCauseInstanceOf(IOException.class);

            assertThat(get(client.publish(TOPIC, PAYLOAD, Qos.AT_LEAST_ONCE, false)))
                    .isEqualTo(Done.DONE);
        }
    }

    @Test
    void loopClosedInOrder_takesLeaveOfTheGateway() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(MqttSnClientTest::echo)) {
            MqttSnClient client = open(Endpoint.of(gateway.address()));
            open(Endpoint.of(gateway.address()));
            get(client.connect());

            loop.closeInOrder(Duration.ofSeconds(10));

            assertThat(gateway.received()).endsWith(Disconnect.plain());
            assertThat(losses).isEmpty();
        }
    }

    @Test
    void loopClosedInOrderWithoutAnswer_losesItsPatience() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(
                packet -> packet instanceof Connect ? List.of(new ConnAck(ReturnCode.ACCEPTED)) : List.of())) {
            MqttSnClient client = open(Endpoint.of(gateway.address()));
            get(client.connect());

            loop.closeInOrder(Duration.ofMillis(10));

            await().untilAsserted(() -> assertThat(gateway.received()).contains(Disconnect.plain()));
        }
    }

    private MqttSnClient openReconnecting(InetSocketAddress gateway, Supplier<List<InetSocketAddress>> gateways)
            throws Exception {
        return openReconnecting(gateway, gateways, SETTINGS);
    }

    private MqttSnClient openReconnecting(
            InetSocketAddress gateway, Supplier<List<InetSocketAddress>> gateways, ClientSettings settings)
            throws Exception {
        var listener = new ConnectionListener() {
            @Override
            public void onLost(LossCause cause) {
                losses.add(cause);
            }

            @Override
            public void onReconnected(InetSocketAddress address) {
                reconnections.add(address);
            }
        };
        Reconnection reconnection =
                Reconnection.toOneOf(gateways).withDelays(Duration.ofMillis(20), Duration.ofMillis(200));
        return get(loop.openReconnecting(Endpoint.of(gateway), settings, reconnection, messages::add, listener));
    }

    private static List<Packet> forgetful(Packet packet) {
        return packet instanceof PingReq ? List.of(Disconnect.plain()) : echo(packet);
    }

    /** Leaves its clients between PUBREC and PUBCOMP. */
    private static List<Packet> receivingOnly(Packet packet) {
        return packet instanceof PubRel ? List.of(Disconnect.plain()) : exactlyOnce(packet);
    }

    private static List<Packet> exactlyOnce(Packet packet) {
        if (packet instanceof PubRel pubRel) {
            return List.of(new PubComp(pubRel.msgId()));
        }
        return packet instanceof Publish publish ? List.of(new PubRec(publish.msgId())) : echo(packet);
    }

    private MqttSnClient open(Endpoint endpoint) throws Exception {
        return get(loop.open(endpoint, SETTINGS, messages::add, losses::add));
    }

    private static <T> T get(CompletionStage<T> stage)
            throws ExecutionException, InterruptedException, TimeoutException {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static List<Packet> echo(Packet packet) {
        if (packet instanceof Connect) {
            return List.of(new ConnAck(ReturnCode.ACCEPTED));
        }
        if (packet instanceof Register register) {
            return List.of(new RegAck(7, register.msgId(), ReturnCode.ACCEPTED));
        }
        if (packet instanceof Subscribe subscribe) {
            return List.of(new SubAck(subscribe.qos(), 7, subscribe.msgId(), ReturnCode.ACCEPTED));
        }
        if (packet instanceof Publish publish) {
            return List.of(
                    new PubAck(publish.topicId(), publish.msgId(), ReturnCode.ACCEPTED),
                    new Publish(
                            false,
                            Qos.AT_MOST_ONCE,
                            false,
                            publish.topicIdType(),
                            publish.topicId(),
                            0,
                            publish.data()));
        }
        return packet instanceof Disconnect ? List.of(Disconnect.plain()) : List.of();
    }

    private static List<Packet> congested(Packet packet) {
        return packet instanceof Publish publish
                ? List.of(new PubAck(publish.topicId(), publish.msgId(), ReturnCode.CONGESTION))
                : echo(packet);
    }

    private static List<Packet> echoInEnvelope(Encapsulated envelope) {
        try {
            Packet inner = PacketCodec.decode(envelope.packet().asByteBuf(), Leniency.STRICT);
            return echo(inner).stream()
                    .<Packet>map(answer -> new Encapsulated(0, envelope.nodeId(), PacketCodec.encode(answer)))
                    .toList();
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
    }
}
