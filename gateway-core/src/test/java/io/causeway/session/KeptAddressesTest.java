package io.causeway.session;

import io.causeway.store.KeptSession;
import io.causeway.store.StoredSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeptAddressesTest {
    private static final long START = Long.MAX_VALUE; // wraps next

    @Test
    void addressOfTwo_isOfTheOneThatCameLast() {
        KeptSession former = session(1, "10.0.0.1:1", START);
        KeptSession latter = session(2, "10.0.0.1:1", Long.MIN_VALUE + 9);
        KeptSession another = session(3, "10.0.0.1:2", START - 10);

        for (List<KeptSession> order : List.of(List.of(former, latter, another), List.of(another, latter, former))) {
            KeptAddresses addresses = new KeptAddresses(order);
            assertThat(addresses.addressOf(former)).isEmpty();
            assertThat(addresses.addressOf(latter)).isEqualTo("10.0.0.1:1");
            assertThat(addresses.addressOf(another)).isEqualTo("10.0.0.1:2");
        }
    }

    @Test
    void clientsThatWereNowhere_areNowhere() {
        KeptSession one = session(1, "", START);
        KeptSession other = session(2, "", START);

        KeptAddresses addresses = new KeptAddresses(List.of(one, other));

        assertThat(addresses.addressOf(one)).isEmpty();
        assertThat(addresses.addressOf(other)).isEmpty();
    }

    private static KeptSession session(long id, String address, long sinceNanos) {
        StoredSession values = new StoredSession(
                id,
                StoredSession.Protocol.MQTT_SN,
                "client" + id,
                "",
                StoredSession.State.ACTIVE,
                true,
                address,
                Duration.ZERO,
                Duration.ZERO,
                0,
                sinceNanos,
                null,
                0,
                0,
                -1);
        return new KeptSession(values, List.of(), List.of(), List.of(), List.of());
    }
}
