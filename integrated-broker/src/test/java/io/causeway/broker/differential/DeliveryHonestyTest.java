package io.causeway.broker.differential;

import io.causeway.broker.session.BrokerCount;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is acknowledged is delivered, in order; what is not delivered is counted. 100 publishers, 10 subscribers. */
class DeliveryHonestyTest {
    private static final int PUBLISHERS = 100;
    private static final int MESSAGES_EACH = Boolean.getBoolean("long") ? 2_000 : 60;
    private static final long MESSAGES = (long) PUBLISHERS * MESSAGES_EACH;
    private static final int AT_A_TIME = 10;
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long PATIENCE_MINUTES = 10;
    private static final List<BrokerCount> LOSSES = Stream.of(BrokerCount.values())
            .filter(each -> each.name().startsWith("DROPPED_"))
            .toList();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<LoadSubscriber> subscribers = new ArrayList<>();

    @AfterEach
    void stopThreads() {
        subscribers.forEach(LoadSubscriber::close);
        threads.shutdownNow();
    }

    @Test
    void boundsThatFit_nothingIsMissingOrOutOfOrder() throws Exception {
        QueueBound ample = new QueueBound((int) MESSAGES, 1024 * MEBIBYTE, OverflowPolicy.DROP_OLDEST);
        try (CausewayBroker broker = new CausewayBroker(CausewayBroker.settings(ample, 100))) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                LoadSubscriber subscriber = subscribe(broker, i, 1, i < 3 ? 1 : 100);
                boolean reconnects = i >= 7;
                work.add(() -> {
                    if (reconnects) {
                        subscriber.receiveOverReconnections(MESSAGES, 500);
                    } else {
                        subscriber.receive(MESSAGES);
                    }
                    return null;
                });
            }
            for (int i = 0; i < PUBLISHERS; i++) {
                work.add(publishing(broker, i, () -> {}));
            }

            run(work);

            for (LoadSubscriber each : subscribers) {
                each.receiveRest();
                assertThat(each.ledger().messages()).isEqualTo(MESSAGES);
                assertThat(each.ledger().faults()).isEmpty();
            }
            assertThat(LOSSES).allSatisfy(loss -> assertThat(broker.count(loss)).isZero());
        }
    }

    /** The healthy ones keep the publishers from running ahead of them; the others do not. */
    @Test
    void boundsThatDoNotFit_whatIsMissingIsCountedAndTheOthersGetAll() throws Exception {
        QueueBound narrow = new QueueBound(PUBLISHERS * AT_A_TIME, MEBIBYTE, OverflowPolicy.DROP_OLDEST);
        try (CausewayBroker broker = new CausewayBroker(CausewayBroker.settings(narrow, 100))) {
            List<LoadSubscriber> healthy = IntStream.range(0, 5)
                    .mapToObj(i -> subscribe(broker, i, 1, 100))
                    .toList();
            LoadSubscriber mute = subscribe(broker, 5, 1, 100);
            LoadSubscriber narrowAndMute = subscribe(broker, 6, 1, 1);
            LoadSubscriber away = subscribe(broker, 7, 1, 100);
            LoadSubscriber awayAtQos0 = subscribe(broker, 8, 0, 100);
            LoadSubscriber leaving = subscribe(broker, 9, 1, 100);
            away.cut();
            awayAtQos0.cut();
            CyclicBarrier round = new CyclicBarrier(PUBLISHERS + healthy.size());
            List<Callable<Void>> work = new ArrayList<>();
            for (LoadSubscriber each : healthy) {
                work.add(() -> {
                    for (int messages = AT_A_TIME; messages <= MESSAGES_EACH; messages += AT_A_TIME) {
                        each.receive((long) PUBLISHERS * messages);
                        await(round);
                    }
                    return null;
                });
            }
            for (int i = 0; i < PUBLISHERS; i++) {
                work.add(publishing(broker, i, () -> await(round)));
            }

            run(work);

            leaving.receiveOnly();
            leaving.leaveForGood();
            long unsettled = leaving.ledger().messages();
            mute.receiveRest();
            narrowAndMute.receiveRest();
            away.reconnect();
            away.receiveRest();
            awayAtQos0.reconnect();
            awayAtQos0.receiveRest();
            assertThat(healthy)
                    .allSatisfy(each -> assertThat(each.ledger().messages()).isEqualTo(MESSAGES));
            assertThat(subscribers)
                    .allSatisfy(each -> assertThat(each.ledger().faults()).isEmpty());
            assertThat(broker.count(BrokerCount.DROPPED_OFFLINE)).isEqualTo(MESSAGES);
            assertThat(broker.count(BrokerCount.DROPPED_SESSION_ENDED) - unsettled)
                    .isEqualTo(narrow.messages());
            long received = subscribers.stream()
                    .mapToLong(each -> each.ledger().messages())
                    .sum();
            long lost = LOSSES.stream().mapToLong(broker::count).sum();
            assertThat(received - unsettled + lost).isEqualTo(subscribers.size() * MESSAGES);
        }
    }

    private LoadSubscriber subscribe(CausewayBroker broker, int number, int qos, int receiveMaximum) {
        // The receive maximum is one of MQTT 5.
        Version version = receiveMaximum > 1 && number % 2 == 0 ? Version.V3_1_1 : Version.V5;
        LoadSubscriber subscriber =
                new LoadSubscriber(broker.port(), version, "subscriber" + number, qos, receiveMaximum, PUBLISHERS);
        subscribers.add(subscriber);
        return subscriber;
    }

    private static Callable<Void> publishing(CausewayBroker broker, int publisher, Runnable betweenRounds) {
        Version version = publisher % 2 == 0 ? Version.V3_1_1 : Version.V5;
        return () -> {
            try (LoadPublisher client = new LoadPublisher(broker.port(), version, publisher)) {
                for (int i = 0; i < MESSAGES_EACH; i += AT_A_TIME) {
                    client.publish(AT_A_TIME);
                    betweenRounds.run();
                }
            }
            return null;
        };
    }

    private static void await(CyclicBarrier round) {
        try {
            round.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(List<Callable<Void>> work) throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<Void>> running = work.stream().map(threads::submit).toList();
        for (Future<Void> each : running) {
            each.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        }
    }
}
