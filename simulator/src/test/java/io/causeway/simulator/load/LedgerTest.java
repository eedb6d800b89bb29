package io.causeway.simulator.load;

import io.causeway.simulator.report.Percentiles;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerTest {
    private final Ledger ledger = new Ledger(2);

    @Test
    void promisedButNotArrived_isMissing() {
        ledger.onAcknowledged(0, 0, 1_000);
        ledger.onAcknowledged(1, 0, 1_000);
        ledger.onAcknowledged(1, 1, 1_000);
        arrive(1, 0);

        assertThat(ledger.of(Count.MISSING)).isEqualTo(2);
    }

    @Test
    void arrivedButNotPromised_isNothingToComplainAbout() {
        arrive(0, 0);

        assertThat(ledger.of(Count.MISSING)).isZero();
        assertThat(ledger.of(Count.ARRIVED)).isEqualTo(1);
    }

    @Test
    void secondCopy_isADuplicateAndNotOutOfOrder() {
        arrive(0, 0);
        arrive(0, 1);
        arrive(0, 0);

        assertThat(ledger.of(Count.DUPLICATES)).isEqualTo(1);
        assertThat(ledger.of(Count.OUT_OF_ORDER)).isZero();
        assertThat(ledger.of(Count.ARRIVED)).isEqualTo(2);
    }

    @Test
    void olderAfterNewerOfTheSameClient_isOutOfOrder() {
        arrive(0, 1);
        arrive(1, 0);
        arrive(0, 0);

        assertThat(ledger.of(Count.OUT_OF_ORDER)).isEqualTo(1);
    }

    @Test
    void whatNobodySent_isForeign() {
        arrive(2, 0);
        arrive(-1, 0);
        arrive(0, -1);
        ledger.onArrived(ByteBuffer.allocate(15), 0);

        assertThat(ledger.of(Count.FOREIGN)).isEqualTo(4);
        assertThat(ledger.of(Count.ARRIVED)).isZero();
    }

    @Test
    void latencies_countFromTheBeginningOfTheMeasurement() {
        ledger.onAcknowledged(0, 0, 9_000_000);
        arrive(0, 0);
        ledger.beginMeasurement();
        ledger.onAcknowledged(0, 1, 5_000);

        assertThat(ledger.acknowledgements()).isEqualTo(new Percentiles(1, 5, 5, 5, 5, 5));
        assertThat(ledger.endToEnd()).isEqualTo(Percentiles.NONE);
    }

    private void arrive(int client, int sequence) {
        byte[] payload = new Stamp(0, client, sequence).pad(20).toByteArray();
        ledger.onArrived(ByteBuffer.wrap(payload), 1_000);
    }
}
