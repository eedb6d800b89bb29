package io.causeway.client;

import com.sun.management.ThreadMXBean;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.timer.TimerWheel;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client costs, because fleets have thousands: all that is allocated for it, garbage included. */
class FootprintTest implements ClientPort, Reply<Done> {
    private static final int SESSIONS = 2_000;
    private static final ClientSettings SETTINGS =
            ClientSettings.forClient("c1").build();
    private static final OutgoingMessage MESSAGE =
            new OutgoingMessage(new Topic.Predefined(1), Octets.utf8("21.5"), Qos.AT_LEAST_ONCE, false);

    private final TimerWheel wheel = new TimerWheel(Duration.ofMillis(20), 0);
    private final List<ClientSession> sessions = new ArrayList<>(SESSIONS);
    private int accepted;

    @Test
    void connectedSession_takesLessThanFourKilobytes() {
        assertThat(allocatedBy(this::connectAll) / SESSIONS).isLessThan(4_000);
        assertThat(accepted).isEqualTo(SESSIONS);
    }

    @Test
    void publishAtQos1_takesLessThanHalfAKilobyte() {
        connectAll();

        assertThat(allocatedBy(this::publishAll) / SESSIONS).isLessThan(500);
        assertThat(accepted).isEqualTo(2 * SESSIONS);
    }

    private void connectAll() {
        for (int number = 0; number < SESSIONS; number++) {
            var session = new ClientSession(SETTINGS, wheel, this);
            sessions.add(session);
            session.connect(this, 0);
            session.receive(new ConnAck(ReturnCode.ACCEPTED), 0);
        }
    }

    private void publishAll() {
        for (ClientSession session : sessions) {
            session.publish(MESSAGE, this, 0);
            session.receive(new PubAck(1, 1, ReturnCode.ACCEPTED), 0);
        }
    }

    private static long allocatedBy(Runnable action) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Override
    public void send(Packet packet) {}

    @Override
    public void onMessage(IncomingMessage message) {}

    @Override
    public void onRejection(ReturnCode returnCode) {}

    @Override
    public void onConnectionLost(LossCause cause) {}

    @Override
    public void accepted(Done answer) {
        accepted++;
    }

    @Override
    public void failed(ClientException cause) {
        throw new AssertionError(cause);
    }
}
