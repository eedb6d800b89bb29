package io.causeway.conformance;

import io.causeway.access.Authorizer;
import io.causeway.access.ClientPattern;
import io.causeway.access.Identity;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.codec.v12.WillTopicResp;
import io.causeway.codec.v12.WillTopicUpd;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.TopicFilter;
import io.causeway.session.ClientPolicy;
import io.causeway.session.Count;
import io.causeway.session.PredefinedTopics;
import io.causeway.store.MemorySessionStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static io.causeway.codec.v12.Qos.MINUS_ONE;
import static org.assertj.core.api.Assertions.assertThat;

/** What the rules of access forbid: "rejected: not supported" is the only code of 1.2 that fits (1.2 §5.3.10). */
class AccessTest {
    private static final Authorizer OWN_TOPICS = new OwnTopicsOnly(true);
    private static final Authorizer NOTHING = new OwnTopicsOnly(false);

    private final TestGateway gateway = new TestGateway(Options.DEFAULTS.with(policy(OWN_TOPICS)));
    private final Device pump = Device.connected(gateway, "pump");

    /** Each client has the topics below its id, senders without a session those below "anybody". */
    private record OwnTopicsOnly(boolean allowed) implements Authorizer {
        @Override
        public boolean mayPublish(Identity client, String topic) {
            return isOwn(client, topic);
        }

        @Override
        public boolean maySubscribe(Identity client, TopicFilter filter) {
            return filter.value().startsWith("+") || isOwn(client, filter.value());
        }

        @Override
        public boolean mayReceive(Identity client, String topic) {
            return isOwn(client, topic);
        }

        private boolean isOwn(Identity client, String topic) {
            String own = client.clientId().isEmpty() ? "anybody" : client.clientId();
            return allowed && client.user().isEmpty() && topic.startsWith(own + "/");
        }
    }

    private static ClientPolicy policy(Authorizer authorizer) {
        PredefinedTopics topics = new PredefinedTopics(List.of(
                Gateways.topic(1, "pump/state"), Gateways.topic(2, "lamp/state"), Gateways.topic(3, "anybody/x")));
        return new ClientPolicy(List.of(ClientPattern.ALL), topics, authorizer);
    }

    @ParameterizedTest
    @EnumSource(names = "MINUS_ONE", mode = EnumSource.Mode.EXCLUDE)
    void publishToAForbiddenTopic_isRejectedAndGoesNowhere(Qos qos) {
        int topicId = pump.register("lamp/state");

        Publish packet = pump.publish(topicId, qos, "x");

        assertThat(pump.next()).isEqualTo(new PubAck(topicId, packet.msgId(), ReturnCode.NOT_SUPPORTED));
        assertThat(gateway.upstream().published()).isEmpty();
        assertThat(gateway.count(Count.MESSAGES_IN_FORBIDDEN)).isEqualTo(1);
        assertThat(gateway.count(Count.MESSAGES_IN)).isZero();
    }

    @Test
    void publishToAnAllowedTopic_goesUp() {
        int topicId = pump.register("pump/state");

        Publish packet = pump.publish(topicId, AT_LEAST_ONCE, "x");

        assertThat(pump.next()).isEqualTo(new PubAck(topicId, packet.msgId(), ReturnCode.ACCEPTED));
    }

    @Test
    void qosMinusOne_isForNobodyUnlessItsSenderHasASession() {
        Device nobody = Device.at(gateway, "nobody");

        nobody.publish(TopicIdType.PREDEFINED, 1, MINUS_ONE, "x");
        nobody.publish(TopicIdType.PREDEFINED, 3, MINUS_ONE, "from nobody");
        pump.publish(TopicIdType.PREDEFINED, 1, MINUS_ONE, "from pump");
        pump.publish(TopicIdType.PREDEFINED, 2, MINUS_ONE, "x");

        assertThat(gateway.upstream().published())
                .extracting(message -> message.payload().toUtf8())
                .containsExactly("from nobody", "from pump");
        assertThat(gateway.count(Count.SESSIONLESS_FORBIDDEN)).isEqualTo(2);
        assertThat(gateway.count(Count.SESSIONLESS_IN)).isEqualTo(2);
        assertThat(nobody.heardNothing()).isTrue();
        assertThat(pump.heardNothing()).isTrue();
    }

    @Test
    void forbiddenSubscription_isRejected() {
        pump.send(new Subscribe(false, AT_LEAST_ONCE, 7, new Topic.Name("lamp/#")));
        pump.send(new Subscribe(false, AT_LEAST_ONCE, 8, new Topic.Predefined(2)));

        assertThat(pump.all())
                .containsExactly(
                        new SubAck(AT_MOST_ONCE, 0, 7, ReturnCode.NOT_SUPPORTED),
                        new SubAck(AT_MOST_ONCE, 0, 8, ReturnCode.NOT_SUPPORTED));
        assertThat(gateway.count(Count.SUBSCRIBES_FORBIDDEN)).isEqualTo(2);
        assertThat(gateway.count(Count.SUBSCRIBES_REFUSED)).isZero();
    }

    @Test
    void subscriptionWiderThanWhatMayBeReceived_bringsOnlyThat() {
        pump.subscribe("+/state", AT_MOST_ONCE);
        Device lamp = Device.connected(gateway, "lamp");

        lamp.publish(TopicIdType.PREDEFINED, 2, AT_MOST_ONCE, "hidden");
        pump.publish(TopicIdType.PREDEFINED, 1, AT_MOST_ONCE, "own");

        assertThat(pump.receives("own").qos()).isEqualTo(AT_MOST_ONCE);
        assertThat(pump.heardNothing()).isTrue();
        assertThat(gateway.count(Count.DROPPED_FORBIDDEN)).isEqualTo(1);
    }

    @Test
    void willToAForbiddenTopic_refusesTheConnection() {
        Sensor lamp = Sensor.at(gateway, 1, "lamp");
        lamp.peer().send(lamp.connectPacket(true, false));
        lamp.hears(new WillTopicReq());

        lamp.peer().send(new WillTopic(AT_LEAST_ONCE, false, "pump/state"));

        lamp.hears(new ConnAck(ReturnCode.NOT_SUPPORTED));
        lamp.isUnknown();
        assertThat(gateway.count(Count.CONNECTS_REFUSED_WILL)).isEqualTo(1);
    }

    @Test
    void willThatIsForbiddenMeanwhile_isNotPublished() {
        Sensor lamp = Sensor.at(gateway, 1, "lamp");
        lamp.connectWithWill(false, "lamp/gone", "gone");
        gateway.usePolicy(policy(NOTHING));

        gateway.advance(Duration.ofSeconds(Sensor.KEEP_ALIVE_SECONDS * 2L));

        assertThat(gateway.upstream().published()).isEmpty();
        assertThat(gateway.count(Count.WILLS_FORBIDDEN)).isEqualTo(1);
    }

    @Test
    void willThatIsForbiddenWhenARestartTakesItUp_isDroppedForGood() {
        TestGateway kept = new TestGateway(Options.DEFAULTS.with(policy(OWN_TOPICS)), new MemorySessionStore());
        Sensor.at(kept, 1, "lamp").connectWithWill(false, "lamp/gone", "gone");
        kept.upstream().setAvailable(false);
        kept.advance(Duration.ofSeconds(Sensor.KEEP_ALIVE_SECONDS * 2L));
        assertThat(kept.census().willsWaiting()).isEqualTo(1);

        TestGateway after = kept.restarted(Options.DEFAULTS.with(policy(NOTHING)));

        assertThat(after.count(Count.WILLS_FORBIDDEN)).isEqualTo(1);
        assertThat(after.restarted().upstream().published()).isEmpty();
    }

    @Test
    void changeOfTheWillToAForbiddenTopic_isRejectedAndTheWillStays() {
        Sensor lamp = Sensor.at(gateway, 1, "lamp");
        lamp.connectWithWill(false, "lamp/gone", "gone");

        lamp.peer().send(new WillTopicUpd(AT_LEAST_ONCE, false, "pump/state"));

        lamp.hears(new WillTopicResp(ReturnCode.NOT_SUPPORTED));
        assertThat(gateway.count(Count.WILLS_FORBIDDEN)).isEqualTo(1);
        gateway.advance(Duration.ofSeconds(Sensor.KEEP_ALIVE_SECONDS * 2L));
        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("lamp/gone");
    }

    @Test
    void rulesOfAReload_holdFromThenOnForClientsThatAreThere() {
        gateway.usePolicy(policy(NOTHING));

        Publish packet = pump.publish(TopicIdType.PREDEFINED, 1, AT_LEAST_ONCE, "x");

        assertThat(pump.all()).containsExactly(new PubAck(1, packet.msgId(), ReturnCode.NOT_SUPPORTED));
    }
}
