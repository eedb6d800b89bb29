package io.causeway.bridge;

import io.causeway.store.Changes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

class GatedOutputTest {
    private static final int PUBACK = 0x40;
    private static final int PUBREC = 0x50;
    private static final int PUBREL = 0x62;
    private static final int PUBCOMP = 0x70;
    private static final int PACKET_OCTETS = 4;

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final Changes unit = new Changes(unused -> {});
    private final AtomicReference<Changes> latest = new AtomicReference<>(unit);
    private final AtomicInteger hurries = new AtomicInteger();
    private final GatedOutput output =
            new GatedOutput(wire, latest::get, hurries::incrementAndGet, Duration.ofMinutes(1));

    private void write(int first) throws IOException {
        write(output, first);
    }

    private static void write(GatedOutput output, int first) throws IOException {
        output.write(new byte[] {(byte) first, 2, 0, 1}, 0, PACKET_OCTETS);
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
    void storeThatDoesNotAnswerInTime_holdsUpOnlyQos2() throws IOException {
        GatedOutput impatient = impatient();
        write(impatient, PUBREC);
        write(impatient, PUBACK);
        assertThat(impatient.sendHeld()).isFalse();
        assertThat(types()).containsExactly(PUBACK);

        unit.becomeDurable();
        assertThat(impatient.sendHeld()).isTrue();
        assertThat(types()).containsExactly(PUBACK, PUBREC);
    }

    @Test
    void heldBack_keepTheirOrderAndGoBeforeTheNext() throws IOException {
        GatedOutput impatient = impatient();
        write(impatient, PUBREC);
        Changes next = new Changes(unused -> {});
        latest.set(next);
        write(impatient, PUBREL);
        assertThat(hurries).as("it waits for nothing but its turn").hasValue(1);

        unit.becomeDurable();
        write(impatient, PUBACK);
        assertThat(types()).containsExactly(PUBACK, PUBREC);
        next.becomeDurable();
        write(impatient, PUBCOMP);
        assertThat(types()).containsExactly(PUBACK, PUBREC, PUBREL, PUBCOMP);
    }

    @Test
    void withinAPacket_nothingElseIsSent() throws IOException {
        GatedOutput impatient = impatient();
        write(impatient, PUBREC);
        impatient.write(PUBACK);
        unit.becomeDurable();
        assertThat(impatient.sendHeld()).isFalse();

        impatient.write(new byte[] {2, 0, 1});
        impatient.flush();
        assertThat(types()).containsExactly(PUBACK, PUBREC);
    }

    private GatedOutput impatient() {
        return new GatedOutput(wire, latest::get, hurries::incrementAndGet, Duration.ofMillis(1));
    }

    /** Of the packets that have left. */
    private List<Integer> types() {
        byte[] octets = wire.toByteArray();
        return IntStream.range(0, octets.length / PACKET_OCTETS)
                .mapToObj(i -> (int) octets[i * PACKET_OCTETS])
                .toList();
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
