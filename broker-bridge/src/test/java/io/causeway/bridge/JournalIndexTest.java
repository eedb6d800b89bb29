package io.causeway.bridge;

import io.causeway.bridge.JournalIndex.State;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static io.causeway.bridge.JournalIndex.State.TAKEN;
import static io.causeway.bridge.JournalIndex.State.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class JournalIndexTest {
    private final JournalIndex index = new JournalIndex();

    private List<Long> sequences() {
        List<Long> sequences = new ArrayList<>();
        for (long position = index.first(); position < index.end(); position++) {
            if (index.state(position) != State.GONE) {
                sequences.add(index.sequence(position));
            }
        }
        return sequences;
    }

    @Test
    void entry_isFoundBySequenceWithAllThatIsKnownOfIt() {
        index.add(5, 50, 500, 5_000, 1, WAITING);
        index.add(9, 90, 900, 9_000, 100, TAKEN);
        long position = index.find(9);
        assertThat(index.octets(position)).isEqualTo(90);
        assertThat(index.key(position)).isEqualTo(900);
        assertThat(index.sinceNanos(position)).isEqualTo(9_000);
        assertThat(index.rule(position)).isEqualTo(100);
        assertThat(index.state(position)).isEqualTo(TAKEN);
        assertThat(index.find(7)).isEqualTo(-1);
    }

    @Test
    void removedInTheMiddle_isAGapThatIsClosedWhenRoomIsMade() {
        for (int sequence = 1; sequence <= 64; sequence++) {
            index.add(sequence, 1, 1, 1, 0, WAITING);
        }
        assertThat(index.isFull()).isTrue();
        for (int sequence = 2; sequence <= 63; sequence++) {
            index.remove(index.find(sequence));
        }
        assertThat(index.isFull()).isTrue();

        index.makeRoom();
        assertThat(index.isFull()).isFalse();
        assertThat(sequences()).containsExactly(1L, 64L);
    }

    @Test
    void nothingThere_isNotTakenForAnotherEntry() {
        for (int sequence = 1; sequence <= 64; sequence++) {
            index.add(sequence, 1, 1, 1, 0, WAITING);
        }
        index.remove(1);

        assertThatIllegalStateException().isThrownBy(() -> index.remove(1));
        assertThatIllegalStateException().isThrownBy(() -> index.remove(index.find(2)));
        assertThat(index.size()).isEqualTo(63);
    }

    @Test
    void randomAdditionsAndRemovals_leaveWhatAMapHas() {
        TreeMap<Long, Integer> model = new TreeMap<>();
        SplittableRandom random = new SplittableRandom(1);
        long sequence = 0;
        for (int step = 0; step < 50_000; step++) {
            if (model.isEmpty() || random.nextInt(100) < (step < 25_000 ? 60 : 40)) {
                if (index.isFull()) {
                    index.makeRoom();
                }
                sequence += 1 + random.nextInt(3);
                index.add(sequence, step, step, step, 0, WAITING);
                model.put(sequence, step);
            } else {
                Long victim =
                        random.nextInt(4) == 0 ? model.ceilingKey(random.nextLong(sequence + 1)) : model.firstKey();
                if (victim != null) {
                    index.remove(index.find(victim));
                    model.remove(victim);
                    assertThat(index.find(victim)).isEqualTo(-1);
                }
            }
            assertThat(index.size()).isEqualTo(model.size());
        }
        assertThat(sequences()).containsExactlyElementsOf(model.keySet());
        model.forEach(
                (each, octets) -> assertThat(index.octets(index.find(each))).isEqualTo(octets));
    }
}
