package io.causeway.bridge;

import io.causeway.store.Changes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

class GatedOutputTest {
    private static final int PUBREC = 0x50;

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final Changes unit = new Changes(unused -> {});
    private final AtomicReference<Changes> latest = new AtomicReference<>(unit);
    private final AtomicInteger hurries = new AtomicInteger();
    private final GatedOutput output =
            new GatedOutput(wire, latest::get, hurries::incrementAndGet, Duration.ofMinutes(1));

    private void write(int first) throws IOException {
        output.write(new byte[] {(byte) first, 2, 0, 1}, 0, 4);
        output.flush();
    }

    /** A thread that waits at the gate; nothing that it writes has left. */
    private CompletableFuture<Void> waiting(int first) {
        AtomicReference<Thread> writer = new AtomicReference<>();
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
            writer.set(Thread.currentThread());
            try {
                write(first);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> writer.get() != null && writer.get().getState() == Thread.State.TIMED_WAITING);
        assertThat(wire.size()).isZero();
        return written;
    }

    @ParameterizedTest
    @ValueSource(ints = {0x34, 0x3C, 0x35, PUBREC, 0x62, 0x70})
    void packetOfQos2_waitsUntilWhatWasSubmittedIsDurable(int first) throws Exception {
        CompletableFuture<Void> written = waiting(first);
        assertThat(hurries).hasValue(1);
        unit.becomeDurable();
        written.get(10, TimeUnit.SECONDS);
        assertThat(wire.size()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x10, 0x30, 0x32, 0x3A, 0x40, 0x82, 0xC0, 0xE0})
    void anyOtherPacket_leavesAtOnce(int first) throws IOException {
        write(first);
        assertThat(wire.size()).isEqualTo(4);
    }

    @Test
    void contentThatLooksLikeAPacket_isNone() throws IOException {
        output.write(0x30);
        output.write(PUBREC);
        output.flush();
        assertThat(wire.toByteArray()).containsExactly(0x30, PUBREC);
    }

    @Test
    void givenUp_endsTheWait() {
        CompletableFuture<Void> written = waiting(PUBREC);
        output.giveUp();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> written.get(10, TimeUnit.SECONDS))
                .withStackTraceContaining("given up while the store was not ready");
    }

    @Test
    void givenUpBefore_waitsForNothing() {
        output.giveUp();
        assertThatIOException().isThrownBy(() -> write(PUBREC)).withMessageContaining("given up");
    }

    @Test
    void storeThatDoesNotAnswerInTime_endsTheWaitAndIsNamed() {
        GatedOutput impatient = new GatedOutput(wire, latest::get, hurries::incrementAndGet, Duration.ofMillis(1));
        assertThatExceptionOfType(StoreStuckException.class).isThrownBy(() -> impatient.write(PUBREC));
        assertThat(wire.size()).isZero();
        ConnectionLoss loss = PahoFailures.of(new MqttException(
                MqttException.REASON_CODE_CONNECTION_LOST, new StoreStuckException(Duration.ofSeconds(5))));
        assertThat(loss.cause()).startsWith("the store has not kept for 5000 ms");
        assertThat(loss.byPeer()).isFalse();
    }

    @Test
    void longestWait_isShorterThanWhatTheKeepAliveAllows() {
        assertThat(keepingAlive(Duration.ofSeconds(60)).storeWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(keepingAlive(Duration.ofSeconds(4)).storeWait()).isEqualTo(Duration.ofSeconds(2));
        assertThat(keepingAlive(Duration.ZERO).storeWait()).isEqualTo(Duration.ofSeconds(5));
    }

    private static UpstreamTimings keepingAlive(Duration keepAlive) {
        UpstreamTimings usual = UpstreamTimings.DEFAULTS;
        return new UpstreamTimings(
                keepAlive,
                usual.connect(),
                usual.completion(),
                usual.reconnectMin(),
                usual.reconnectMax(),
                usual.retainedQuiet());
    }
}
