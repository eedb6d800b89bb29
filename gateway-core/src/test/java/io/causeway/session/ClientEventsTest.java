package io.causeway.session;

import io.causeway.harness.TestAddress;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.session.ClientEvent.Kind;
import io.causeway.session.ConnectRequest.WillChange;
import io.causeway.store.SessionStore;
import io.causeway.upstream.LocalUpstream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who wants to know is told what becomes of an MQTT-SN client. */
class ClientEventsTest {
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final NetworkIdentity ADDRESS = new TestAddress("10.0.0.1", 1);

    private final Deque<LongConsumer> posted = new ArrayDeque<>();
    private final List<ClientEvent> told = new ArrayList<>();
    private final Shard shard = new Shard(
            SessionSettings.DEFAULTS,
            AdmissionSettings.DEFAULTS,
            ClientPolicy.OPEN,
            new LocalUpstream(new Router(), new RetainedStore(10, 1_000), SessionStore.NONE),
            SessionStore.NONE,
            posted::add,
            new Directory(),
            1,
            START);

    @BeforeEach
    void listen() {
        shard.useEvents(told::add);
    }

    @Test
    void comingAndGoing() {
        connect().onDisconnect(START);

        assertThat(kinds()).containsExactly(Kind.CONNECTED, Kind.DISCONNECTED);
        ClientEvent connected = told.get(0);
        assertThat(connected.clientId()).isEqualTo("sensor");
        assertThat(connected.address()).isEqualTo(ADDRESS.toString());
        assertThat(connected.protocol()).isEqualTo("recorded");
    }

    @Test
    void sleepingAndWaking() {
        ClientSession session = connect();

        session.onSleep(Duration.ofMinutes(5), START);
        session.onPingReq(START);

        assertThat(kinds()).containsExactly(Kind.CONNECTED, Kind.ASLEEP, Kind.AWAKE, Kind.ASLEEP);
    }

    @Test
    void silence_isTheEnd_withACause() {
        connect();

        shard.advance(START + Duration.ofMinutes(3).toNanos());

        assertThat(kinds()).containsExactly(Kind.CONNECTED, Kind.LOST);
        assertThat(told.get(1).cause()).isEqualTo(Count.CLIENTS_LOST_SILENT.help());
        assertThat(told.get(1).address()).isEqualTo(ADDRESS.toString());
    }

    private ClientSession connect() {
        ConnectRequest request = new ConnectRequest("sensor", true, Duration.ofMinutes(1), new WillChange.Keep());
        shard.connect(request, ADDRESS, new RecordingPort(), START);
        return Objects.requireNonNull(shard.sessionAt(ADDRESS));
    }

    private List<Kind> kinds() {
        return told.stream().map(ClientEvent::kind).toList();
    }
}
