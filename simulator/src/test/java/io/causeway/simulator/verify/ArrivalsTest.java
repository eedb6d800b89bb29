package io.causeway.simulator.verify;

import io.causeway.simulator.network.SocketLoop;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalsTest {
    private static final BrokerTarget NOBODY = new BrokerTarget(URI.create("mqtt://127.0.0.1"), "", "", null);

    @Test
    void subscriptionThatTheBrokerRefusesWhenItIsMadeAgain_isDoubted() throws IOException {
        try (SocketLoop loop = new SocketLoop()) {
            Arrivals arrivals = new Arrivals(loop, NOBODY, "client", List.of("run/+"));

            answerSubscribe(arrivals, MqttQoS.AT_LEAST_ONCE, MqttQoS.AT_LEAST_ONCE);
            assertThat(arrivals.doubt()).isEmpty();
            answerSubscribe(arrivals, MqttQoS.AT_LEAST_ONCE, MqttQoS.FAILURE); // not everybody sees $SYS
            assertThat(arrivals.doubt()).isEmpty();

            answerSubscribe(arrivals, MqttQoS.FAILURE, MqttQoS.AT_LEAST_ONCE);
            assertThat(arrivals.doubt()).contains("the broker refuses a subscription to run/+");
        }
    }

    private static void answerSubscribe(Arrivals arrivals, MqttQoS... granted) {
        arrivals.onPacket(MqttMessageBuilders.subAck()
                .packetId(1)
                .addGrantedQoses(granted)
                .build());
    }
}
