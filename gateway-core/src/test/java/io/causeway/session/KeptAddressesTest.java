package io.causeway.session;

import io.causeway.store.KeptSession;
import io.causeway.store.StoredSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeptAddressesTest {
    private static final long START = Long.MAX_VALUE; // wraps next

    private final KeptAddresses addresses = new KeptAddresses();

    @Test
    void clientsAtAddressesOfTheirOwnOrNowhere_areNoContenders() {
        assertThat(addresses.isFirstAt(session(1, "10.0.0.1:1", START))).isTrue();
        assertThat(addresses.isFirstAt(session(2, "10.0.0.1:2", START))).isTrue();
        assertThat(addresses.isFirstAt(session(3, "", START))).isTrue();
        assertThat(addresses.isFirstAt(session(4, "", START))).isTrue();

        assertThat(addresses.contenders()).isEmpty();
    }

    @Test
    void contenderThatCameLater_takesTheAddress() {
        KeptSession latter = session(2, "10.0.0.1:1", Long.MIN_VALUE + 9);
        addresses.isFirstAt(session(1, "10.0.0.1:1", START));

        assertThat(addresses.isFirstAt(latter)).isFalse();
        assertThat(addresses.contenders()).containsExactly(latter);
        assertThat(addresses.takesAddress(latter)).isTrue();
    }

    @Test
    void contenderThatCameEarlierThanWhoIsThereByThen_isNowhere() {
        KeptSession last = session(2, "10.0.0.1:1", START);
        KeptSession between = session(3, "10.0.0.1:1", START - 5);
        addresses.isFirstAt(session(1, "10.0.0.1:1", START - 10));
        addresses.isFirstAt(last);
        addresses.isFirstAt(between);

        assertThat(addresses.takesAddress(last)).isTrue();
        assertThat(addresses.takesAddress(between)).isFalse();
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
        return new KeptSession(values, List.of(), List.of(), 0, List.of(), List.of());
    }
}
