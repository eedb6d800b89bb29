package io.causeway.simulator.load;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.report.Percentiles;
import io.causeway.simulator.report.Trouble;
import io.causeway.simulator.truth.Tally;
import io.causeway.simulator.verify.BrokerTarget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTextTest {
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1883);

    @Test
    void row_standsBelowItsHeader() {
        String header = ReportText.header();
        String row = ReportText.row(report(Qos.AT_LEAST_ONCE));

        assertThat(row).hasSameSizeAs(header);
        assertThat(row.trim().split(" +", -1))
                .containsExactly(
                        "100", "1", "0.25", "9876", "1.50", "2.50", "3.50", "0.90", "1.90", "12.3", "80", "1", "10");
    }

    @Test
    void rowOfQos0_hasNoLatencyOfAcknowledgements() {
        assertThat(ReportText.row(report(Qos.AT_MOST_ONCE)).trim().split(" +", -1))
                .contains("-", "0.90");
    }

    @Test
    void json_hasEveryCount() {
        String json = ReportText.json(report(Qos.AT_LEAST_ONCE));

        assertThat(json)
                .startsWith("{\"clients\": 100, \"qos\": 1, ")
                .contains("\"arrived_per_s\": 9876.000")
                .contains("\"acknowledgement_us\": {\"p50\": 1500, \"p99\": 2500, \"p99_9\": 3500, \"max\": 4500}")
                .contains("\"sent\": 1010")
                .contains("\"missing\": 1")
                .contains("\"connection_lost\": 2")
                .contains("\"socket\": 0");
    }

    @Test
    void missingMessage_isUnsoundAndSoIsADuplicateAtQos2() {
        Tally fine = tally(10, 10, 10, 0, 0);
        Tally missing = tally(10, 10, 9, 1, 0);
        Tally twice = tally(10, 10, 10, 0, 1);

        assertThat(report(Qos.AT_LEAST_ONCE, fine).isSound()).isTrue();
        assertThat(report(Qos.AT_LEAST_ONCE, missing).isSound()).isFalse();
        assertThat(report(Qos.AT_LEAST_ONCE, twice).isSound()).isTrue();
        assertThat(report(Qos.EXACTLY_ONCE, twice).isSound()).isFalse();
    }

    private static Tally tally(long sent, long promised, long arrived, long missing, long duplicates) {
        return new Tally(sent, promised, 0, arrived, missing, duplicates, 0, 0, 0, 0);
    }

    private static LoadReport report(Qos qos) {
        return report(qos, tally(1_010, 1_001, 1_000, 1, 0));
    }

    private static LoadReport report(Qos qos, Tally messages) {
        LoadPlan plan = new LoadPlan(
                ANYWHERE,
                "udp://127.0.0.1",
                new BrokerTarget(URI.create("mqtt://127.0.0.1"), "", "", null),
                100,
                qos,
                1_000,
                Duration.ZERO,
                Duration.ofSeconds(1),
                64,
                Duration.ofSeconds(1),
                List.of(1L));
        return new LoadReport(
                plan,
                0.25,
                new LoadReport.Rates(9_900, 9_880, 9_876),
                new Percentiles(9_880, 1_500, 2_000, 2_500, 3_500, 4_500),
                new Percentiles(9_876, 900, 1_400, 1_900, 2_900, 3_900),
                new LoadReport.Resources(12.34, 70 << 20, 80 << 20, 1.5),
                messages,
                0,
                Map.of(Trouble.CONNECTION_LOST, 2L));
    }
}
