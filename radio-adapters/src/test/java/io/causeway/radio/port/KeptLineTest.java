package io.causeway.radio.port;

import io.causeway.radio.port.LineSettings.FlowControl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class KeptLineTest {
    private static final UsbDevice STICK = new UsbDevice(0x0403, 0x6001, "A1");
    private static final int BITS_PER_SECOND = 1_000_000;
    private static final String PULLED =
            "down: /dev/ttyUSB0 was pulled, or has failed;" + " it is opened again as soon as it is there";

    private final MadeUpPorts ports = new MadeUpPorts();
    private final LineLog log = new LineLog();
    private final EventExecutor loop = new DefaultEventExecutor();
    private final KeptLine line = line(BITS_PER_SECOND, Duration.ofMinutes(1));

    private KeptLine line(int bitsPerSecond, Duration patience) {
        return line(
                settings(bitsPerSecond),
                new LineTiming(Duration.ZERO, patience, Duration.ofMillis(5), Duration.ofMillis(20)));
    }

    private static LineSettings settings(int bitsPerSecond) {
        return new LineSettings(PortSelector.parse("usb:0403:6001:A1"), bitsPerSecond, FlowControl.NONE);
    }

    private KeptLine line(LineSettings settings, LineTiming timing) {
        return new KeptLine(ports, settings, timing, loop);
    }

    @AfterEach
    void close() throws InterruptedException {
        line.close();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
    }

    private void awaitEvents(String... events) {
        await().untilAsserted(() -> assertThat(log.events()).containsExactly(events));
    }

    private void openWithPort() {
        ports.plug("/dev/ttyUSB0", STICK);
        line.open(log);
        awaitEvents("up");
    }

    @Test
    void octetsOfThePort_reachTheListenerInOrder() {
        openWithPort();

        ports.last().arrive(octetsOf("ab"));
        ports.last().arrive(octetsOf("cd"));

        awaitEvents("up", "ab", "cd");
        assertThat(line.name()).isEqualTo("/dev/ttyUSB0");
    }

    @Test
    void octetsWritten_reachThePortInOrder() throws InterruptedException {
        openWithPort();

        assertThat(line.write(text("one"))).isTrue();
        assertThat(line.write(text("two"))).isTrue();

        assertThat(ports.last().written.take()).isEqualTo(octetsOf("one"));
        assertThat(ports.last().written.take()).isEqualTo(octetsOf("two"));
    }

    @Test
    void portThatIsNotThere_isToldOnceAndLookedForUntilItIs() {
        line.open(log);
        awaitEvents("down: usb:0403:6001:A1 is not there; no serial port is there");
        assertThat(line.write(text("lost"))).isFalse();

        ports.plug("/dev/ttyUSB0", STICK);

        awaitEvents("down: usb:0403:6001:A1 is not there; no serial port is there", "up");
    }

    @Test
    void portThatIsPulled_isToldOnceAndOpenedUnderItsNewName() {
        openWithPort();

        ports.pull("/dev/ttyUSB0");
        awaitEvents("up", PULLED);
        assertThat(ports.last().isClosed()).isTrue();
        ports.plug("/dev/ttyUSB1", STICK);

        awaitEvents("up", PULLED, "up");
        assertThat(line.name()).isEqualTo("/dev/ttyUSB1");
    }

    @Test
    void causeThatChanges_isToldAgain() {
        ports.plug("/dev/ttyUSB0", STICK);
        ports.refuse("no permission");
        line.open(log);
        awaitEvents("down: no permission");

        ports.refuse("in use");
        awaitEvents("down: no permission", "down: in use");

        ports.refuse("");
        awaitEvents("down: no permission", "down: in use", "up");
    }

    @Test
    void otherRate_opensThePortAnewAtIt() {
        openWithPort();

        line.useRate(9_600);

        awaitEvents("up", "up");
        assertThat(ports.opened).extracting(port -> port.bitsPerSecond).containsExactly(BITS_PER_SECOND, 9_600);
        assertThat(ports.opened.get(0).isClosed()).isTrue();
    }

    @Test
    void busyEventLoop_leavesWhatArrivesInThePort() {
        openWithPort();
        CountDownLatch busy = new CountDownLatch(1);
        loop.execute(() -> awaitLatch(busy));
        for (int i = 0; i < 20; i++) {
            ports.last().arrive(octetsOf(Integer.toString(i % 10)));
        }

        await().untilAsserted(() -> assertThat(ports.last().waitingToBeRead()).isEqualTo(16));
        busy.countDown();

        await().untilAsserted(() -> assertThat(String.join("", log.events())).isEqualTo("up" + "0123456789".repeat(2)));
    }

    @Test
    void whatWaitsForTheLine_isNoMoreThanItSendsInASecond() {
        openWithPort();
        ports.last().stall();
        int accepted = 0;
        while (line.write(Unpooled.wrappedBuffer(new byte[1_000]))) {
            accepted++;
        }

        assertThat(accepted).isEqualTo(BITS_PER_SECOND / 10 / 1_000);
    }

    @Test
    void portThatTakesNothing_isClosedAndOpenedAgain() {
        ports.plug("/dev/ttyUSB0", STICK);
        try (KeptLine impatient = line(BITS_PER_SECOND, Duration.ofMillis(200))) {
            impatient.open(log);
            awaitEvents("up");
            ports.last().stall();
            impatient.write(text("stuck"));

            awaitEvents(
                    "up",
                    "lost: 1",
                    "down: /dev/ttyUSB0 takes nothing any more: its other end holds CTS back, or it has failed",
                    "up");
            assertThat(ports.opened.get(0).isClosed()).isTrue();
        }
    }

    @Test
    void slowLine_isWrittenAtItsSpeed() throws InterruptedException {
        ports.plug("/dev/ttyUSB0", STICK);
        try (KeptLine slow = line(10_000, Duration.ofMinutes(1))) {
            slow.open(log);
            awaitEvents("up");
            long begin = System.nanoTime();
            for (int i = 0; i < 11; i++) {
                slow.write(Unpooled.wrappedBuffer(new byte[10]));
            }
            for (int i = 0; i < 11; i++) {
                ports.last().written.take();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(95));
        }
    }

    @Test
    void bindingThatFailsInAWrite_costsThePortAndNotTheLine() throws InterruptedException {
        openWithPort();
        ports.last().whileWriting(() -> {
            throw new IllegalStateException("a bug, for a test");
        });

        line.write(text("lost"));
        awaitEvents("up", "lost: 1", PULLED, "up");

        line.write(text("written"));
        assertThat(ports.last().written.take()).isEqualTo(octetsOf("written"));
    }

    @Test
    void errorInAThread_endsTheLineAndIsTold() {
        openWithPort();
        ports.last().whileWriting(() -> {
            throw new UnsatisfiedLinkError("for a test");
        });

        line.write(text("lost"));

        awaitEvents(
                "up",
                "down: /dev/ttyUSB0 is given up until the next start: java.lang.UnsatisfiedLinkError: for a test");
        await().until(() -> !line.write(text("refused")));
    }

    @Test
    void rateAskedForWhileThePortIsOpened_isTheOneThatIsUsed() {
        ports.whileOpening(() -> line.useRate(9_600));
        openWithPort();
        assertThat(ports.opened).extracting(port -> port.bitsPerSecond).containsExactly(BITS_PER_SECOND, 9_600);

        ports.last().hangUp();

        awaitEvents("up", PULLED, "up");
    }

    @Test
    void whatWaitsWhenThePortIsLost_isToldAsLost() {
        openWithPort();
        ports.last().stall();
        line.write(text("under way"));
        line.write(text("waiting"));

        ports.last().hangUp();

        await().untilAsserted(() -> assertThat(lostWrites()).isEqualTo(2));
    }

    private int lostWrites() {
        return log.events().stream()
                .filter(event -> event.startsWith("lost: "))
                .mapToInt(event -> Integer.parseInt(event.substring("lost: ".length())))
                .sum();
    }

    @Test
    void portThatIsLostAtOnceAgainAndAgain_isTriedLessAndLessOften() {
        ports.plug("/dev/ttyUSB0", STICK);
        LineTiming timing =
                new LineTiming(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofMinutes(1));
        try (KeptLine patient = line(settings(BITS_PER_SECOND), timing)) {
            patient.open(log);
            for (int opening = 1; opening <= 4; opening++) {
                int count = opening;
                await().until(() -> ports.opened.size() == count);
                ports.last().hangUp();
            }
            long begin = System.nanoTime();
            await().until(() -> ports.opened.size() == 5);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(500));
        }
    }

    @Test
    @Timeout(20)
    void portThatDoesNotLetGo_doesNotHoldUpTheEnd() {
        CountDownLatch never = new CountDownLatch(1);
        openWithPort();
        ports.last().whileWriting(() -> awaitUninterruptibly(never));
        line.write(text("stuck"));

        line.close();

        assertThat(ports.last().isClosed()).isTrue();
        never.countDown();
    }

    @Test
    void closedLine_hasClosedItsPortAndTellsNothingMore() {
        openWithPort();

        line.close();
        ports.last().arrive(octetsOf("late"));

        assertThat(ports.last().isClosed()).isTrue();
        assertThat(line.write(text("late"))).isFalse();
        awaitEvents("up");
    }

    @Test
    void lineThatWasNeverOpened_canBeClosed() {
        line.close();

        assertThat(ports.opened).isEmpty();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            awaitLatch(latch);
            Thread.interrupted();
        }
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }

    private static byte[] octetsOf(String text) {
        return text.getBytes(US_ASCII);
    }
}
