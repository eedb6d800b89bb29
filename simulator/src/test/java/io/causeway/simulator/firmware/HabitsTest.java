package io.causeway.simulator.firmware;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.codec.v12.WillTopic;
import io.causeway.simulator.scenario.Connection;
import io.causeway.simulator.scenario.Firmware;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class HabitsTest {
    private static final Connect CONNECT = new Connect(true, false, 1, 60, "s1");
    private static final Connect WAKE = new Connect(false, false, 1, 60, "s1");
    private static final Register REGISTER = new Register(0, 7, "a/b");
    private static final Octets PAYLOAD = Octets.ofHex("caff");

    @ParameterizedTest
    @EnumSource(Firmware.class)
    void whatItDoesAsSpecified_isNotTouched(Firmware firmware) {
        Device device = new Device(firmware);
        Publish publish = publish(false, Qos.AT_LEAST_ONCE, 1);

        assertThat(device.sends(publish))
                .containsExactly(PacketCodec.encode(publish).toHex());
        assertThat(device.receives(publish)).containsExactly(publish);
        assertThat(device.sends(new PubAck(5, 1, ReturnCode.ACCEPTED)))
                .containsExactly("07" + "0d" + "0005" + "0001" + "00");
    }

    @Test
    void emcute_hasItsOwnTimes() {
        Device emcute = new Device(Firmware.EMCUTE);

        assertThat(emcute.sends(CONNECT)).containsExactly("08" + "04" + "08" + "01" + "0168" + "7331");
        assertThat(emcute.habits.pingInterval()).isEqualTo(Duration.ofMinutes(6));
        assertThat(emcute.habits.connection(Connection.DEFAULT).retryInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(emcute.habits.connection(Connection.DEFAULT).retryCount()).isEqualTo(3);
    }

    @Test
    void emcute_neverAnswersRegister() {
        Device emcute = new Device(Firmware.EMCUTE);

        assertThat(emcute.receives(REGISTER)).isEmpty();
        assertThat(emcute.takeSent()).isEmpty();
        assertThat(emcute.isDeaf).isTrue();
        assertThat(emcute.habits.canCatchUp()).isFalse();
    }

    @Test
    void emcute_refusesARepetition() {
        Device emcute = new Device(Firmware.EMCUTE);

        assertThat(emcute.receives(publish(true, Qos.AT_LEAST_ONCE, 9))).isEmpty();
        assertThat(emcute.takeSent()).containsExactly("07" + "0d" + "0005" + "0009" + "03");
        assertThat(emcute.refused).containsExactly(publish(true, Qos.AT_LEAST_ONCE, 9));
    }

    @Test
    void emcute_refusesQos2() {
        Device emcute = new Device(Firmware.EMCUTE);

        assertThat(emcute.receives(publish(false, Qos.EXACTLY_ONCE, 9))).isEmpty();
        assertThat(emcute.takeSent()).containsExactly("07" + "0d" + "0005" + "0009" + "03");
        assertThat(emcute.habits.canReceive(Qos.EXACTLY_ONCE)).isFalse();
    }

    @Test
    void asymcute_unsubscribesWithAQos() {
        Device asymcute = new Device(Firmware.ASYMCUTE);

        assertThat(asymcute.sends(new Unsubscribe(3, new Topic.Name("a"))))
                .containsExactly("06" + "14" + "20" + "0003" + "61");
        assertThat(asymcute.sends(CONNECT)).containsExactly("08" + "04" + "08" + "01" + "0168" + "7331");
        assertThat(asymcute.habits.pingInterval()).isEqualTo(Duration.ofSeconds(270));
        assertThat(asymcute.habits.hasRandomMsgIds()).isTrue();
    }

    @Test
    void zephyr_repeatsPublishOfQos2BeforePubRel() {
        Device zephyr = new Device(Firmware.ZEPHYR);
        zephyr.sends(publish(false, Qos.EXACTLY_ONCE, 4));

        assertThat(zephyr.sends(new PubRel(4)))
                .containsExactly("09" + "0c" + "c0" + "0005" + "0004" + "caff", "04" + "10" + "0004");
        assertThat(zephyr.sends(new PubRel(4))).containsExactly("04" + "10" + "0004");
    }

    @Test
    void zephyr_givesUpWhereItIsToRegister() {
        Device zephyr = new Device(Firmware.ZEPHYR);

        assertThat(zephyr.receives(new PubAck(5, 4, ReturnCode.INVALID_TOPIC_ID)))
                .containsExactly(new PubAck(5, 4, ReturnCode.NOT_SUPPORTED));
        assertThat(zephyr.habits.searches()).isTrue();
        Connection hourly = new Connection(Duration.ofHours(1), false, false, Duration.ofSeconds(1), 1);
        assertThat(zephyr.habits.connection(hourly))
                .isEqualTo(new Connection(Duration.ofSeconds(255), false, false, Duration.ofSeconds(10), 5));
    }

    @Test
    void paho_wakesWithoutItsClientId() {
        Device paho = new Device(Firmware.PAHO);

        assertThat(paho.sends(new PingReq("s1"))).containsExactly("02" + "16");
        assertThat(paho.habits.searches()).isTrue();
    }

    @Test
    void paho_setsTheWillFlagAgainWhenItWakes() {
        Device paho = new Device(Firmware.PAHO);
        paho.sends(CONNECT);

        assertThat(paho.sends(WAKE)).containsExactly("08" + "04" + "08" + "01" + "003c" + "7331");
    }

    @Test
    void paho_neverAcknowledgesQos2() {
        Device paho = new Device(Firmware.PAHO);

        assertThat(paho.sends(new PubRec(3))).isEmpty();
        assertThat(paho.habits.canReceive(Qos.EXACTLY_ONCE)).isFalse();
    }

    @Test
    void wolfMqtt_registersBeforeItSubscribes() {
        assertThat(new Device(Firmware.WOLFMQTT).habits.registersBeforeSubscribing())
                .isTrue();
    }

    @Test
    void arduino_sendsTheNulsBehindItsTexts() {
        Device arduino = new Device(Firmware.ARDUINO);

        assertThat(arduino.sends(REGISTER)).containsExactly("0a" + "0a" + "0000" + "0007" + "612f62" + "00");
        assertThat(arduino.sends(new WillTopic(Qos.AT_LEAST_ONCE, false, "w")))
                .containsExactly("05" + "07" + "20" + "77" + "00");
    }

    @Test
    void arduino_sendsItsKeepAliveLeastSignificantOctetFirst() {
        assertThat(new Device(Firmware.ARDUINO).sends(CONNECT))
                .containsExactly("09" + "04" + "08" + "01" + "3c00" + "7331" + "00");
    }

    @Test
    void arduino_leavesOutTheNulWhereItsLengthHasNoRoom() {
        Register longest = new Register(0, 7, "x".repeat(249));

        assertThat(new Device(Firmware.ARDUINO).sends(longest))
                .containsExactly(PacketCodec.encode(longest).toHex());
    }

    @Test
    void aRegAckOfOthers_isSent() {
        assertThat(new Device(Firmware.PAHO).sends(new RegAck(1, 2, ReturnCode.ACCEPTED)))
                .hasSize(1);
    }

    private static Publish publish(boolean dup, Qos qos, int msgId) {
        return new Publish(dup, qos, false, TopicIdType.NORMAL, 5, msgId, PAYLOAD);
    }

    /** Records what goes out on both sides. */
    private static final class Device implements Sides {
        final Habits habits;
        final List<Publish> refused = new ArrayList<>();
        boolean isDeaf;
        private final List<String> sent = new ArrayList<>();
        private final List<Packet> received = new ArrayList<>();

        Device(Firmware firmware) {
            habits = Habits.of(firmware);
        }

        /** @return the datagrams, in hexadecimal digits */
        List<String> sends(Packet packet) {
            habits.send(packet, this);
            return takeSent();
        }

        List<Packet> receives(Packet packet) {
            received.clear();
            habits.receive(packet, this);
            return List.copyOf(received);
        }

        List<String> takeSent() {
            List<String> taken = List.copyOf(sent);
            sent.clear();
            return taken;
        }

        @Override
        public void toGateway(Packet packet) {
            ByteBuf datagram = Unpooled.buffer();
            habits.encode(packet, datagram);
            sent.add(Octets.copyOf(datagram).toHex());
        }

        @Override
        public void toSession(Packet packet) {
            received.add(packet);
        }

        @Override
        public void onRefused(Publish publish) {
            refused.add(publish);
        }

        @Override
        public void onDeaf() {
            isDeaf = true;
        }
    }
}
