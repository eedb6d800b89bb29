package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.session.SessionSettings.QueueBound;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.causeway.session.OverflowPolicy.DROP_NEWEST;
import static io.causeway.session.OverflowPolicy.DROP_OLDEST;
import static org.assertj.core.api.Assertions.assertThat;

class OutboundQueueTest {
    /** The topic of the messages here, which weighs too. */
    private static final String TOPIC = "t";

    @Test
    void messages_leaveInTheirOrder() {
        OutboundQueue<ApplicationMessage> queue = queue(10, 1_000, DROP_OLDEST);
        queue.offer(message(1));
        queue.offer(message(2));

        assertThat(queue.peek()).isEqualTo(message(1));
        assertThat(queue.poll()).isEqualTo(message(1));
        assertThat(queue.poll()).isEqualTo(message(2));
        assertThat(queue.poll()).isNull();
        assertThat(queue.peek()).isNull();
    }

    @Test
    void fullOfMessages_dropsTheOldest() {
        OutboundQueue<ApplicationMessage> queue = queue(2, 1_000, DROP_OLDEST);
        queue.offer(message(1));
        queue.offer(message(2));

        assertThat(queue.offer(message(3))).isEqualTo(1);

        assertThat(queue.toList()).containsExactly(message(2), message(3));
    }

    @Test
    void fullOfMessages_dropsTheNewestIfThatIsThePolicy() {
        OutboundQueue<ApplicationMessage> queue = queue(2, 1_000, DROP_NEWEST);
        queue.offer(message(1));
        queue.offer(message(2));

        assertThat(queue.offer(message(3))).isEqualTo(1);

        assertThat(queue.toList()).containsExactly(message(1), message(2));
    }

    @Test
    void fullOfOctets_dropsAsManyOfTheOldestAsTheNewOneNeeds() {
        OutboundQueue<ApplicationMessage> queue = queue(100, 10, DROP_OLDEST);
        queue.offer(message(2)); // weighs 3
        queue.offer(message(3)); // weighs 4
        queue.offer(message(1)); // weighs 2

        assertThat(queue.offer(message(7))).isEqualTo(2);

        assertThat(queue.toList()).containsExactly(message(1), message(7));
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void messageLargerThanTheWholeQueue_isDroppedAndTheOthersStay(OverflowPolicy policy) {
        OutboundQueue<ApplicationMessage> queue = queue(100, 10, policy);
        queue.offer(message(2));

        assertThat(queue.offer(message(10))).isEqualTo(1);

        assertThat(queue.toList()).containsExactly(message(2));
    }

    @Test
    void removedMessages_makeRoom() {
        OutboundQueue<ApplicationMessage> queue = queue(2, 10, DROP_NEWEST);
        queue.offer(message(1));
        queue.offer(message(7));
        queue.removeIf(message -> message.payload().length() == 7);

        assertThat(queue.offer(message(7))).isZero();
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void firstThatMeetsACondition_passesThoseBeforeItAndMakesRoom() {
        OutboundQueue<ApplicationMessage> queue = queue(3, 14, DROP_NEWEST);
        queue.offer(message(1));
        queue.offer(message(4));
        queue.offer(message(5));

        assertThat(queue.peekFirst(message -> message.payload().length() > 3)).isEqualTo(message(4));
        assertThat(queue.pollFirst(message -> message.payload().length() > 3)).isEqualTo(message(4));
        assertThat(queue.toList()).containsExactly(message(1), message(5));
        assertThat(queue.pollFirst(message -> message.payload().isEmpty())).isNull();
        assertThat(queue.offer(message(5))).isZero();
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void everyMessage_isPolledOrReportedAsDropped(OverflowPolicy policy) {
        List<ApplicationMessage> out = new ArrayList<>();
        OutboundQueue<ApplicationMessage> queue =
                new OutboundQueue<>(new QueueBound(3, 20, policy), ApplicationMessage::weightOctets, out::add);
        for (int octets = 0; octets < 25; octets++) {
            queue.offer(message(octets));
        }
        queue.removeIf(message -> message.payload().length() % 2 == 0);
        while (queue.peek() != null) {
            out.add(queue.poll());
        }

        assertThat(out)
                .extracting(message -> message.payload().length())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 25).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void randomOperations_keepWithinTheBoundsAsTheModelDoes(OverflowPolicy policy) {
        SplittableRandom random = new SplittableRandom(7);
        QueueBound bound = new QueueBound(5, 40, policy);
        OutboundQueue<ApplicationMessage> queue = new OutboundQueue<>(bound, ApplicationMessage::weightOctets);
        Deque<ApplicationMessage> model = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            int what = random.nextInt(10);
            if (what < 6) {
                ApplicationMessage message = message(random.nextInt(45));
                assertThat(queue.offer(message)).isEqualTo(offerToModel(model, message, bound));
            } else if (what < 9) {
                assertThat(queue.poll()).isEqualTo(model.poll());
            } else {
                int unwanted = random.nextInt(45);
                queue.removeIf(each -> each.payload().length() == unwanted);
                model.removeIf(each -> each.payload().length() == unwanted);
            }
            assertThat(queue.toList()).containsExactlyElementsOf(model);
        }
    }

    private static int offerToModel(Deque<ApplicationMessage> model, ApplicationMessage message, QueueBound bound) {
        int before = model.size();
        model.add(message);
        if (!fits(model, bound) && (bound.policy() == DROP_NEWEST || weight(message) > bound.octets())) {
            model.removeLast();
            return 1;
        }
        while (!fits(model, bound)) {
            model.remove();
        }
        return before + 1 - model.size();
    }

    private static boolean fits(Deque<ApplicationMessage> model, QueueBound bound) {
        return model.size() <= bound.messages()
                && model.stream().mapToInt(OutboundQueueTest::weight).sum() <= bound.octets();
    }

    private static int weight(ApplicationMessage message) {
        return message.payload().length() + TOPIC.length();
    }

    private static OutboundQueue<ApplicationMessage> queue(int messages, long octets, OverflowPolicy policy) {
        return new OutboundQueue<>(new QueueBound(messages, octets, policy), ApplicationMessage::weightOctets);
    }

    private static ApplicationMessage message(int octets) {
        return new ApplicationMessage(TOPIC, Octets.of(new byte[octets]), Qos.AT_LEAST_ONCE, false);
    }
}
