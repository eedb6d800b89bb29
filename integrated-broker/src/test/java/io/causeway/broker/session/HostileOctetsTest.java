package io.causeway.broker.session;

import io.causeway.access.Identity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Packets with some octets changed, in any order, from the decoder to the session: whatever comes of them, it is no error
 * of the broker, and nobody else notices.
 */
class HostileOctetsTest {
    private static final int CONNECTIONS = 60;

    private final VirtualBroker broker = new VirtualBroker();

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverComes_isNoErrorOfTheBroker(int seed) {
        Random random = new Random(seed);
        TestClient witness = broker.connected("witness");
        witness.subscribe("witness/only", 1);
        witness.received();

        for (int i = 0; i < CONNECTIONS; i++) {
            connection(random, random.nextBoolean() ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1);
        }

        assertThat(broker.count(BrokerCount.SESSIONS_FAILED)).isZero();
        witness.publish("witness/only", "well", 1, 1);
        assertThat(witness.received()).containsExactly("publish witness/only well q1 #1", "puback #1");
    }

    /** One connection, until it is closed or has sent enough. */
    private void connection(Random random, MqttVersion version) {
        EmbeddedChannel wire = new EmbeddedChannel(MqttEncoder.INSTANCE);
        EmbeddedChannel server = new EmbeddedChannel(new MqttDecoder(100_000, 1_000));
        Listener listener = new Listener();
        wire.writeOutbound(connect(random, version));
        for (int i = 0; i < 40 && !listener.closed; i++) {
            ByteBuf octets = wire.readOutbound();
            while (octets != null) {
                server.writeInbound(random.nextInt(3) == 0 ? changed(octets, random) : octets);
                octets = wire.readOutbound();
            }
            for (MqttMessage each = server.readInbound(); each != null; each = server.readInbound()) {
                listener.take(each);
            }
            broker.settle();
            wire.writeOutbound(packet(random));
        }
        listener.cut();
        wire.finishAndReleaseAll();
        server.finishAndReleaseAll();
    }

    private static ByteBuf changed(ByteBuf octets, Random random) {
        if (!octets.isReadable()) {
            return octets;
        }
        ByteBuf copy = Unpooled.copiedBuffer(octets);
        octets.release();
        copy.setByte(random.nextInt(copy.readableBytes()), random.nextInt(256));
        return copy;
    }

    private static MqttConnectMessage connect(Random random, MqttVersion version) {
        return MqttMessageBuilders.connect()
                .protocolVersion(version)
                .clientId("c" + random.nextInt(3))
                .cleanSession(random.nextBoolean())
                .keepAlive(random.nextInt(3))
                .willFlag(true)
                .willTopic("will")
                .willMessage(new byte[3])
                .willQoS(MqttQoS.valueOf(random.nextInt(3)))
                .properties(properties(random))
                .willProperties(properties(random))
                .build();
    }

    private static MqttMessage packet(Random random) {
        int packetId = 1 + random.nextInt(5);
        return switch (random.nextInt(9)) {
            case 0, 1 ->
                MqttMessageBuilders.publish()
                        .topicName(random.nextBoolean() ? "a/" + random.nextInt(3) : "")
                        .qos(MqttQoS.valueOf(random.nextInt(3)))
                        .messageId(packetId)
                        .retained(random.nextBoolean())
                        .properties(properties(random))
                        .payload(Unpooled.copiedBuffer("payload", StandardCharsets.UTF_8))
                        .build();
            case 2, 3 ->
                MqttMessageBuilders.subscribe()
                        .messageId(packetId)
                        .addSubscription(
                                MqttQoS.valueOf(random.nextInt(3)), random.nextBoolean() ? "a/#" : "$share/g/a/#")
                        .properties(properties(random))
                        .build();
            case 4 ->
                MqttMessageBuilders.unsubscribe()
                        .messageId(packetId)
                        .addTopicFilter("a/#")
                        .build();
            case 5 -> TestClient.reply(MqttMessageType.PUBACK, packetId, 0);
            case 6 -> TestClient.reply(MqttMessageType.PUBREC, packetId, 0);
            case 7 -> TestClient.reply(MqttMessageType.PUBREL, packetId, 0);
            default -> TestClient.reply(MqttMessageType.PUBCOMP, packetId, 0);
        };
    }

    /** None mostly, or one that fits somewhere. */
    private static MqttProperties properties(Random random) {
        MqttProperties properties = new MqttProperties();
        switch (random.nextInt(16)) {
            case 0 -> properties.add(new IntegerProperty(MqttProperties.TOPIC_ALIAS, random.nextInt(20)));
            case 1 -> properties.add(new IntegerProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, random.nextInt()));
            case 2 -> properties.add(new StringProperty(MqttProperties.RESPONSE_TOPIC, "r"));
            case 3 -> properties.add(new BinaryProperty(MqttProperties.CORRELATION_DATA, new byte[2]));
            case 4 -> properties.add(new UserProperty("name", "value"));
            case 5 -> properties.add(new IntegerProperty(MqttProperties.SESSION_EXPIRY_INTERVAL, random.nextInt()));
            case 6 -> properties.add(new IntegerProperty(MqttProperties.RECEIVE_MAXIMUM, 1 + random.nextInt(9)));
            case 7 -> properties.add(new IntegerProperty(MqttProperties.MAXIMUM_PACKET_SIZE, 30));
            case 8 -> properties.add(new IntegerProperty(MqttProperties.WILL_DELAY_INTERVAL, random.nextInt()));
            case 9 -> properties.add(new IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER, random.nextInt(9)));
            default -> {}
        }
        return properties;
    }

    /** Does with packets what a listener does, and takes every answer. */
    private final class Listener implements ConnectionPort {
        private @Nullable MqttConnection connection;
        private boolean closed;

        private void take(MqttMessage packet) {
            MqttConnection present = connection;
            if (packet.decoderResult().isFailure()) {
                ReferenceCountUtil.release(packet);
                closed = true;
                if (present != null) {
                    present.onMalformed(MqttReasonCodes.Disconnect.MALFORMED_PACKET, "test", broker.time.nowNanos());
                }
            } else if (present != null) {
                present.onPacket(packet, broker.time.nowNanos());
                present.onReadComplete(broker.time.nowNanos());
            } else if (packet instanceof MqttConnectMessage connect) {
                String clientId = connect.payload().clientIdentifier();
                Identity identity = Identity.anonymous(clientId.isEmpty() ? "assigned" : clientId);
                connection = broker.shard()
                        .connect(connect, identity, this, broker.time.nowNanos())
                        .orElse(null);
            } else {
                ReferenceCountUtil.release(packet);
                closed = true;
            }
        }

        private void cut() {
            MqttConnection present = connection;
            if (present != null) {
                present.onClosed("end", broker.time.nowNanos());
            }
        }

        @Override
        public void send(MqttMessage packet) {
            ReferenceCountUtil.release(packet);
        }

        @Override
        public void flush() {}

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void setReading(boolean reading) {}

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public String address() {
            return "mqtt hostile";
        }
    }
}
