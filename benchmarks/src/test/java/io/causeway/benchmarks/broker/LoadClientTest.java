package io.causeway.benchmarks.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadClientTest {
    private static final byte[] TOPIC = "load/7".getBytes(StandardCharsets.UTF_8);

    private final List<String> seen = new ArrayList<>();
    private final CompletableFuture<LoadClient> connected = new CompletableFuture<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final LoadClient client = new LoadClient(channel, "client-7", connected);
    private final EmbeddedChannel broker = new EmbeddedChannel(new MqttDecoder());

    @BeforeEach
    void join() {
        channel.pipeline().addLast(client);
        client.play(new Recorder());
    }

    @Test
    void everyPacketItWrites_isReadByAnotherCodec() {
        channel.pipeline().fireChannelActive();
        var connect = (MqttConnectMessage) decoded();
        assertThat(connect.payload().clientIdentifier()).isEqualTo("client-7");
        assertThat(connect.variableHeader().isCleanSession()).isTrue();

        CompletableFuture<LoadClient> subscribed = client.subscribe("load/+", 2);
        var subscribe = (MqttSubscribeMessage) decoded();
        assertThat(subscribe.payload().topicSubscriptions().get(0).topicFilter())
                .isEqualTo("load/+");
        assertThat(subscribe.payload().topicSubscriptions().get(0).qualityOfService())
                .isEqualTo(MqttQoS.EXACTLY_ONCE);
        assertThat(subscribed).isNotDone();

        ByteBuf payload = Unpooled.wrappedBuffer(new byte[200]);
        client.publish(TOPIC, 1, true, payload);
        client.flush();
        var publish = (MqttPublishMessage) decoded();
        assertThat(publish.fixedHeader().qosLevel()).isEqualTo(MqttQoS.AT_LEAST_ONCE);
        assertThat(publish.fixedHeader().isRetain()).isTrue();
        assertThat(publish.variableHeader().topicName()).isEqualTo("load/7");
        assertThat(publish.payload().readableBytes()).isEqualTo(200);
        publish.release();
    }

    @Test
    void accepted_isConnected() {
        receive("20020000");

        assertThat(connected).isCompletedWithValue(client);
    }

    @Test
    void refused_isNotConnected() {
        receive("20020005");

        assertThat(connected).isCompletedExceptionally();
    }

    @Test
    void packetsInPieces_areSeenOnceAndAnswered() {
        String publish = "3409" + "0001" + "61" + "0102" + "CAFEBABE";
        String pubRel = "62020102";
        String pubAck = "40020003";
        String pubComp = "70020004";
        String octets = publish + pubRel + pubAck + pubComp;

        for (int at = 0; at < octets.length(); at += 2) {
            receive(octets.substring(at, at + 2));
        }

        assertThat(seen).containsExactly("message cafebabe", "acknowledged", "acknowledged");
        assertThat(sent()).isEqualTo("50020102" + "70020102");
    }

    @Test
    void pubRec_isAnsweredWithPubRel() {
        receive("50020102");

        assertThat(sent()).isEqualTo("62020102");
    }

    @Test
    void severalPacketsAtOnce_areAnsweredInOneWrite() {
        receive("3206" + "0001" + "61" + "0001" + "00" + "3206" + "0001" + "61" + "0002" + "00");

        assertThat(channel.outboundMessages()).hasSize(1);
        assertThat(sent()).isEqualTo("40020001" + "40020002");
    }

    @Test
    void brokerCloses_roleIsTold() {
        channel.close().syncUninterruptibly();

        assertThat(seen).containsExactly("lost");
    }

    private void receive(String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private String sent() {
        StringBuilder hex = new StringBuilder();
        for (ByteBuf octets = channel.readOutbound(); octets != null; octets = channel.readOutbound()) {
            hex.append(ByteBufUtil.hexDump(octets));
            octets.release();
        }
        return hex.toString();
    }

    /** What a codec of somebody else's makes of the packet sent last. */
    private MqttMessage decoded() {
        channel.outboundMessages().forEach(broker::writeInbound);
        channel.outboundMessages().clear();
        return broker.readInbound();
    }

    private final class Recorder implements Role {
        @Override
        public void onMessage(ByteBuf payload, int payloadOctets, long receivedNanos) {
            seen.add("message " + ByteBufUtil.hexDump(payload, payload.readerIndex(), payloadOctets));
        }

        @Override
        public void onAcknowledged() {
            seen.add("acknowledged");
        }

        @Override
        public void onLost() {
            seen.add("lost");
        }
    }
}
