package io.causeway.invariants;

import io.causeway.access.Authorizer;
import io.causeway.access.ClientPattern;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestAddress;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.harness.TestPeer;
import io.causeway.session.ClientPolicy;
import io.causeway.session.Count;
import io.causeway.session.PredefinedTopics;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever anybody sends, nothing breaks, and two clients that mean well go on as if nobody else were there.
 *
 * <p>A few runs; {@code -Dlong=true} makes more of them, {@code -Dseed=N} only one.
 */
class HostileDatagramsTest {
    private static final int RUNS = 5;
    private static final int LONG_RUNS = 200;
    private static final int DATAGRAMS = 6_000;
    private static final int ADDRESSES = 40;
    private static final int BETWEEN_CHECKS = 50;
    private static final int TOPIC = Topic.Short.toTopicId("~c");

    @Test
    @Requirement({"G-ROB-01", "G-ROB-03", "G-ROB-04", "W-TYPE-02", "W-TYPE-03"})
    void hostileDatagrams_breakNothingAndDelayNobody() {
        Long only = Long.getLong("seed");
        if (only != null) {
            run(only);
            return;
        }
        int runs = Boolean.getBoolean("long") ? LONG_RUNS : RUNS;
        for (long seed = 0; seed < runs; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PredefinedTopics topics = new PredefinedTopics(
                List.of(new PredefinedTopics.Entry(1, "plant/{client}", new ClientPattern("client*"))));
        TestGateway gateway = new TestGateway(Options.DEFAULTS
                .with(new ClientPolicy(List.of(ClientPattern.ALL), topics, Authorizer.OPEN))
                .withQosMinusOne(true, random.nextBoolean())
                .withShards(1 + random.nextInt(2)));
        Control control = new Control(gateway);
        HostileDatagrams hostile = new HostileDatagrams(random);
        for (int i = 0; i < DATAGRAMS; i++) {
            Octets datagram = hostile.next();
            try {
                gateway.receive(new TestAddress("host", random.nextInt(ADDRESSES)), datagram.asByteBuf());
                if (random.nextInt(100) == 0) {
                    gateway.advance(Duration.ofMillis(random.nextInt(20_000)));
                }
                if (i % BETWEEN_CHECKS == 0) {
                    control.exchange();
                }
            } catch (RuntimeException | StackOverflowError | AssertionError broken) {
                throw new AssertionError(
                        "seed " + seed + ", datagram " + i + ": " + datagram + "; to repeat it: -Dseed=" + seed,
                        broken);
            }
        }
        assertThat(gateway.count(Count.SESSIONS_FAILED)).as("seed %s", seed).isZero();
    }

    /** A publisher and a subscriber at QoS 1, which are never kept waiting. */
    private static final class Control {
        private final TestPeer publisher;
        private final TestPeer subscriber;
        private int messages;

        private Control(TestGateway gateway) {
            this.publisher = gateway.peer("control", 1);
            this.subscriber = gateway.peer("control", 2);
            connect(publisher, "control-publisher");
            connect(subscriber, "control-subscriber");
            subscriber.send(new Subscribe(false, Qos.AT_LEAST_ONCE, 1, new Topic.Short("~c")));
            assertThat(subscriber.next()).isInstanceOf(SubAck.class);
        }

        private static void connect(TestPeer peer, String clientId) {
            peer.send(new Connect(false, true, Connect.PROTOCOL_ID, 0, clientId));
            assertThat(peer.next()).isEqualTo(new ConnAck(ReturnCode.ACCEPTED));
        }

        private void exchange() {
            int msgId = 1 + messages++ % 0xFFFF;
            Octets data = Octets.utf8("message " + messages);
            publisher.send(new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.SHORT, TOPIC, msgId, data));

            assertThat(publisher.all()).containsExactly(new PubAck(TOPIC, msgId, ReturnCode.ACCEPTED));
            Publish delivery = (Publish) subscriber.next();
            assertThat(delivery.data()).isEqualTo(data);
            assertThat(delivery.dup()).isFalse();
            subscriber.send(new PubAck(TOPIC, delivery.msgId(), ReturnCode.ACCEPTED));
            assertThat(subscriber.heardNothing()).isTrue();
        }
    }
}
