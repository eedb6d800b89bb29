package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import org.eclipse.paho.client.mqttv3.internal.MqttPersistentData;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PahoSessionTest {
    private final PahoSession session = new PahoSession();
    private final PendingPublish sent = pending("sent");

    PahoSessionTest() {
        byte[] packet = new byte[4];
        session.handOver(sent);
        session.put("s-7", new MqttPersistentData("s-7", packet, 0, packet.length, null, 0, 0));
        session.handOverEnded(sent, true);
    }

    private static PendingPublish pending(String topic) {
        return new PendingPublish(
                new ApplicationMessage(topic, Octets.EMPTY, Qos.AT_LEAST_ONCE, false), new Outcome(), 0);
    }

    @Test
    void acknowledged_isFoundByItsPacketIdOnce() {
        assertThat(session.onAcknowledged(7, sent)).isSameAs(sent);
        assertThat(session.onAcknowledged(7, sent)).isNull();
    }

    @Test
    void acknowledgedAfterAReconnect_isFoundWithoutWhatPahoWasGiven() {
        assertThat(session.onAcknowledged(7, null)).isSameAs(sent);
    }

    @Test
    void acknowledgementOfAFormerMessageWithTheSameId_isIgnored() {
        assertThat(session.onAcknowledged(7, pending("former"))).isNull();
        assertThat(session.onAcknowledged(7, sent)).isSameAs(sent);
    }
}
