package io.causeway.broker.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.ConnectBuilder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.PublishBuilder;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client whose packets go to a {@link VirtualBroker} as octets and come back as such, through Netty's codec on both
 * sides. What it received is text, see {@link PacketText}. Not thread-safe.
 */
final class TestClient {
    /** For the decoders. */
    private static final int LARGEST = 16 * 1024 * 1024;

    private static final int LONGEST_ID = 65_535;

    enum Version {
        V3(MqttVersion.MQTT_3_1),
        V4(MqttVersion.MQTT_3_1_1),
        V5(MqttVersion.MQTT_5);

        private final MqttVersion version;

        Version(MqttVersion version) {
            this.version = version;
        }
    }

    private final VirtualBroker broker;
    private final String clientId;
    private final Version version;
    private final List<MqttMessage> packets = new ArrayList<>();
    private EmbeddedChannel own = channel();
    private EmbeddedChannel server = channel();
    private @Nullable MqttConnection connection;
    private Port port = new Port();
    private boolean writable = true;
    private boolean reading = true;
    private boolean closed;
    private int flushes;
    private int lastPacketId;

    TestClient(VirtualBroker broker, String clientId, Version version) {
        this.broker = broker;
        this.clientId = clientId;
        this.version = version;
    }

    // ---- connecting ----------------------------------------------------------------------------------------------

    /** Connects with a clean start. */
    TestClient connect() {
        return connect(options -> {});
    }

    /** Connects with a clean start, and with the bridge bit, which Netty's codec does not know. */
    TestClient connectAsBridge() {
        return connect(options -> {}, TestClient::withBridgeBit);
    }

    private static MqttConnectMessage withBridgeBit(MqttConnectMessage connect) {
        MqttConnectVariableHeader header = connect.variableHeader();
        return new MqttConnectMessage(
                connect.fixedHeader(),
                new MqttConnectVariableHeader(
                        header.name(),
                        header.version() | 0x80,
                        header.hasUserName(),
                        header.hasPassword(),
                        header.isWillRetain(),
                        header.willQos(),
                        header.isWillFlag(),
                        header.isCleanSession(),
                        header.keepAliveTimeSeconds()),
                connect.payload());
    }

    /** What a connection that is still there would bring is lost. */
    TestClient connect(Consumer<ConnectBuilder> options) {
        return connect(options, UnaryOperator.identity());
    }

    private TestClient connect(Consumer<ConnectBuilder> options, UnaryOperator<MqttConnectMessage> asRead) {
        port.cut();
        release();
        own = channel();
        server = channel();
        port = new Port();
        closed = false;
        reading = true;
        ConnectBuilder connect = MqttMessageBuilders.connect()
                .protocolVersion(version.version)
                .clientId(clientId)
                .cleanSession(true)
                .keepAlive(0);
        options.accept(connect);
        MqttConnectMessage decoded = (MqttConnectMessage) overTheWire(connect.build());
        Optional<MqttConnection> accepted = broker.accept(asRead.apply(decoded), port);
        connection = accepted.isPresent() && accepted.get().isOpen() ? accepted.get() : null;
        broker.settle();
        return this;
    }

    /** Connects to a session that outlives the connection. */
    TestClient resume() {
        return connect(options -> {
            options.cleanSession(false);
            if (version == Version.V5) {
                options.properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, 3_600));
            }
        });
    }

    /** The network breaks: what the broker has not flushed is lost, and the broker is told. */
    void cut() {
        MqttConnection present = connection;
        connection = null;
        closed = true;
        port.cut();
        if (present != null) {
            present.onClosed("cut", broker.time.nowNanos());
        }
        broker.settle();
    }

    /** The broker is gone: what it has not flushed is lost, and what the client sends goes nowhere. */
    void lose() {
        connection = null;
        closed = true;
        port.cut();
    }

    // ---- sending -------------------------------------------------------------------------------------------------

    void send(MqttMessage packet) {
        MqttConnection present = connection;
        MqttMessage decoded = overTheWire(packet);
        if (present == null) {
            ReferenceCountUtil.release(decoded);
            return;
        }
        present.onPacket(decoded, broker.time.nowNanos());
        present.onReadComplete(broker.time.nowNanos());
        broker.settle();
    }

    int subscribe(String filter, int qos) {
        return subscribe(filter, MqttSubscriptionOption.onlyFromQos(MqttQoS.valueOf(qos)));
    }

    int subscribe(String filter, MqttSubscriptionOption option) {
        return subscribe(filter, option, MqttProperties.NO_PROPERTIES);
    }

    int subscribe(String filter, MqttSubscriptionOption option, MqttProperties properties) {
        int packetId = nextPacketId();
        send(MqttMessageBuilders.subscribe()
                .messageId(packetId)
                .addSubscription(filter, option)
                .properties(properties)
                .build());
        return packetId;
    }

    int unsubscribe(String filter) {
        int packetId = nextPacketId();
        send(MqttMessageBuilders.unsubscribe()
                .messageId(packetId)
                .addTopicFilter(filter)
                .build());
        return packetId;
    }

    /** At QoS 0. */
    void publish(String topic, String payload) {
        publish(topic, payload, 0, 0, options -> {});
    }

    void publish(String topic, String payload, int qos, int packetId) {
        publish(topic, payload, qos, packetId, options -> {});
    }

    void publish(String topic, String payload, int qos, int packetId, Consumer<PublishBuilder> options) {
        PublishBuilder publish = MqttMessageBuilders.publish()
                .topicName(topic)
                .qos(MqttQoS.valueOf(qos))
                .messageId(packetId)
                .payload(Unpooled.wrappedBuffer(payload.getBytes(StandardCharsets.UTF_8)));
        options.accept(publish);
        send(publish.build());
    }

    /** The same PUBLISH again. */
    void repeat(String topic, String payload, int qos, int packetId) {
        repeat(topic, payload, qos, packetId, false);
    }

    void repeat(String topic, String payload, int qos, int packetId, boolean retain) {
        MqttPublishMessage publish = MqttMessageBuilders.publish()
                .topicName(topic)
                .qos(MqttQoS.valueOf(qos))
                .messageId(packetId)
                .payload(Unpooled.wrappedBuffer(payload.getBytes(StandardCharsets.UTF_8)))
                .build();
        MqttFixedHeader header = new MqttFixedHeader(MqttMessageType.PUBLISH, true, MqttQoS.valueOf(qos), retain, 0);
        send(new MqttPublishMessage(header, publish.variableHeader(), publish.content()));
    }

    void pubAck(int packetId) {
        send(reply(MqttMessageType.PUBACK, packetId, 0));
    }

    void pubRec(int packetId) {
        send(reply(MqttMessageType.PUBREC, packetId, 0));
    }

    void pubRel(int packetId) {
        send(reply(MqttMessageType.PUBREL, packetId, 0));
    }

    void pubComp(int packetId) {
        send(reply(MqttMessageType.PUBCOMP, packetId, 0));
    }

    /** Any of the four acknowledgements, with a reason code. */
    static MqttMessage reply(MqttMessageType type, int packetId, int reason) {
        MqttQoS qos = type == MqttMessageType.PUBREL ? MqttQoS.AT_LEAST_ONCE : MqttQoS.AT_MOST_ONCE;
        return new MqttMessage(
                new MqttFixedHeader(type, false, qos, false, 0),
                new MqttPubReplyMessageVariableHeader(packetId, (byte) reason, MqttProperties.NO_PROPERTIES));
    }

    void ping() {
        send(MqttMessage.PINGREQ);
    }

    /** As it should be. */
    void disconnect() {
        send(MqttMessage.DISCONNECT);
    }

    void disconnect(int reason, MqttProperties properties) {
        send(new MqttMessage(
                new MqttFixedHeader(MqttMessageType.DISCONNECT, false, MqttQoS.AT_MOST_ONCE, false, 0),
                new MqttReasonCodeAndPropertiesVariableHeader((byte) reason, properties)));
    }

    void malformed() {
        MqttConnection present = connection;
        if (present != null) {
            present.onMalformed(MqttReasonCodes.Disconnect.MALFORMED_PACKET, "bad octets", broker.time.nowNanos());
        }
        broker.settle();
    }

    int nextPacketId() {
        lastPacketId = lastPacketId % 65_535 + 1;
        return lastPacketId;
    }

    // ---- receiving -----------------------------------------------------------------------------------------------

    /** What came since the last look, as text. */
    List<String> received() {
        return receivedPackets().stream().map(PacketText::of).toList();
    }

    /** What came since the last look. Payloads need no release. */
    List<MqttMessage> receivedPackets() {
        List<MqttMessage> all = List.copyOf(packets);
        packets.clear();
        return all;
    }

    /** Whether the broker has closed the connection, or the network is broken. */
    boolean isClosed() {
        return closed;
    }

    boolean isRead() {
        return reading;
    }

    int flushes() {
        return flushes;
    }

    /** Whether what the broker writes goes out; if it does again, the broker is told. */
    void setWritable(boolean newWritable) {
        writable = newWritable;
        MqttConnection present = connection;
        if (present != null) {
            present.onWritable(broker.time.nowNanos());
        }
        broker.settle();
    }

    /** The connection as the listener has it. */
    @Nullable
    MqttConnection connection() {
        return connection;
    }

    private MqttMessage overTheWire(MqttMessage packet) {
        own.writeOutbound(packet);
        for (ByteBuf octets = own.readOutbound(); octets != null; octets = own.readOutbound()) {
            server.writeInbound(octets);
        }
        MqttMessage decoded = server.readInbound();
        if (decoded.decoderResult().isFailure()) {
            throw new IllegalStateException(decoded.decoderResult().cause());
        }
        return decoded;
    }

    private static EmbeddedChannel channel() {
        return new EmbeddedChannel(new MqttDecoder(LARGEST, LONGEST_ID), MqttEncoder.INSTANCE);
    }

    private void release() {
        own.finishAndReleaseAll();
        server.finishAndReleaseAll();
    }

    static MqttProperties number(int identifier, int value) {
        MqttProperties properties = new MqttProperties();
        properties.add(new IntegerProperty(identifier, value));
        return properties;
    }

    static MqttProperties text(int identifier, String value) {
        MqttProperties properties = new MqttProperties();
        properties.add(new StringProperty(identifier, value));
        return properties;
    }

    static MqttProperties all(MqttProperty<?>... each) {
        MqttProperties properties = new MqttProperties();
        for (MqttProperty<?> property : each) {
            properties.add(property);
        }
        return properties;
    }

    /** The broker's way to one connection: when that is over, nothing comes to the client's next one. */
    private final class Port implements ConnectionPort {
        private final List<MqttMessage> written = new ArrayList<>();
        private boolean over;

        @Override
        public void send(MqttMessage packet) {
            if (over) {
                ReferenceCountUtil.release(packet);
                return;
            }
            server.writeOutbound(packet);
            for (ByteBuf octets = server.readOutbound(); octets != null; octets = server.readOutbound()) {
                own.writeInbound(octets);
            }
            for (MqttMessage each = own.readInbound(); each != null; each = own.readInbound()) {
                written.add(each);
            }
        }

        @Override
        public void flush() {
            if (over) {
                return;
            }
            flushes++;
            for (MqttMessage each : written) {
                packets.add(withoutReference(each));
            }
            written.clear();
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public void setReading(boolean newReading) {
            reading = newReading;
        }

        @Override
        public void close() {
            flush();
            over = true;
            if (port == this) {
                closed = true;
                connection = null;
            }
        }

        @Override
        public String address() {
            return "mqtt 127.0.0.1:" + clientId;
        }

        /** As a network that breaks. */
        private void cut() {
            over = true;
            written.forEach(ReferenceCountUtil::release);
            written.clear();
        }
    }

    private static MqttMessage withoutReference(MqttMessage packet) {
        if (packet instanceof MqttPublishMessage publish) {
            MqttPublishMessage copy = publish.replace(Unpooled.copiedBuffer(publish.content()));
            publish.release();
            return copy;
        }
        return packet;
    }
}
