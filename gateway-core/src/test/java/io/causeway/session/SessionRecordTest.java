package io.causeway.session;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionRecordTest {
    private static final long NOW = Long.MAX_VALUE - 5; // nanoTime about to wrap

    private final RecordingHost host = new RecordingHost(NOW);

    @Test
    void packetIdFarAheadOfWhatIsSafe_waits_whateverIsOnItsWayToTheStore() {
        host.store.hold();
        give(200);
        host.record.note();
        host.settle();
        assertThat(host.port.isHeld()).isFalse();

        give(300);
        assertThat(host.port.isHeld()).isTrue();
        host.settle();
        host.store.commit(2);
        host.settle();

        assertThat(host.port.isHeld()).isFalse();
        give(301);
        assertThat(host.port.isHeld()).isFalse();
    }

    private void give(int packetId) {
        host.lastPacketId = packetId;
        host.record.onPacketId(packetId);
    }
}
