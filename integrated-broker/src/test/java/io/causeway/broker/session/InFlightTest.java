package io.causeway.broker.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.SubscriptionOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InFlightTest {
    private final InFlight inFlight = new InFlight();

    @Test
    void ids_startAgainBehindTheLast_withoutThoseInUse() {
        OutgoingPublish stays = add();
        int before = 0;
        int next = stays.packetId();
        while (next > before) {
            before = next;
            OutgoingPublish passing = add();
            next = passing.packetId();
            inFlight.remove(passing);
        }

        assertThat(before).isGreaterThan(0xFFF0);
        assertThat(next).isBetween(2, 9);
        assertThat(inFlight.get(1)).isSameAs(stays);
    }

    @Test
    void allIds_canBeInUse() {
        for (int i = 1; i < 0xFFFF; i++) {
            assertThat(add().packetId()).isEqualTo(i);
        }
        assertThat(add().packetId()).isEqualTo(0xFFFF);
        assertThat(inFlight.size()).isEqualTo(0xFFFF);
        assertThat(inFlight.inOrder()).hasSize(0xFFFF);
    }

    @Test
    void whatIsNotInFlight_isNotFound() {
        assertThat(inFlight.get(1)).isNull();
        OutgoingPublish first = add();
        assertThat(inFlight.get(9)).isNull();

        inFlight.remove(first);
        inFlight.remove(first);

        assertThat(inFlight.get(1)).isNull();
        assertThat(inFlight.size()).isZero();
    }

    @Test
    void restored_keepTheirIdsEvenIfTheyShareLowBits() {
        OutgoingPublish one = publish();
        OutgoingPublish other = publish();
        other.setSequence(1);
        inFlight.restore(one, 1);
        inFlight.restore(other, 0x8001);
        inFlight.setLastId(0x8001);

        assertThat(inFlight.get(1)).isSameAs(one);
        assertThat(inFlight.get(0x8001)).isSameAs(other);
        assertThat(inFlight.inOrder()).containsExactly(one, other);
        assertThat(add().packetId()).isEqualTo(0x8002);
    }

    @Test
    void randomUse_agreesWithAMap() {
        for (int seed = 0; seed < 50; seed++) {
            agreesWithAMap(new Random(seed));
        }
    }

    private static void agreesWithAMap(Random random) {
        InFlight tested = new InFlight();
        tested.setLastId(random.nextInt(0x1_0000));
        Map<Integer, OutgoingPublish> model = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            if (random.nextInt(3) > 0 && model.size() < 100) {
                OutgoingPublish publish = publish();
                tested.add(publish);
                assertThat(model.put(publish.packetId(), publish)).isNull();
                assertThat(publish.packetId()).isBetween(1, 0xFFFF);
            } else if (!model.isEmpty()) {
                List<Integer> ids = List.copyOf(model.keySet());
                int id = ids.get(random.nextInt(ids.size()));
                OutgoingPublish expected = model.remove(id);
                assertThat(tested.get(id)).isSameAs(expected);
                tested.remove(expected);
                assertThat(tested.get(id)).isNull();
            }
            assertThat(tested.size()).isEqualTo(model.size());
        }
        assertThat(tested.inOrder()).containsExactlyInAnyOrderElementsOf(model.values());
    }

    private OutgoingPublish add() {
        OutgoingPublish publish = publish();
        inFlight.add(publish);
        return publish;
    }

    private static OutgoingPublish publish() {
        ApplicationMessage message = new ApplicationMessage("a", Octets.EMPTY, Qos.AT_LEAST_ONCE, false);
        return OutgoingPublish.of(message, SubscriptionOptions.of(Qos.AT_LEAST_ONCE), null);
    }
}
