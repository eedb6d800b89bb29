package io.causeway.client;

import io.causeway.testkit.Requirement;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PacketIdsTest {
    private static final int LAST = 0xFFFF;

    private final PacketIds ids = new PacketIds();

    @Test
    @Requirement("C-PUB-12")
    void oneThatIsInUse_isPassedByWhenTheyBeginAnew() {
        int first = ids.acquire();
        int second = ids.acquire();
        ids.release(second);
        for (int id = second + 1; id <= LAST; id++) {
            assertThat(ids.acquire()).isEqualTo(id);
            ids.release(id);
        }

        assertThat(first).isEqualTo(1);
        assertThat(ids.acquire()).isEqualTo(2);
    }

    @Test
    void manyAtATime_areAllDifferent() {
        var taken = new HashSet<Integer>();
        for (int count = 0; count < 1_000; count++) {
            assertThat(taken.add(ids.acquire())).isTrue();
        }
        taken.forEach(ids::release);

        assertThat(ids.acquire()).isEqualTo(1_001);
    }
}
