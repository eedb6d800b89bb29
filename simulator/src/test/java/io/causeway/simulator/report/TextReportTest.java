package io.causeway.simulator.report;

import io.causeway.simulator.truth.Finding;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextReportTest {
    private static final int COLUMNS = 80;

    @Test
    void keptPromises_areTheFirstSentence() throws IOException {
        assertThat(lines(BelievableRun.kept()).get(0)).startsWith("Every promise was kept. ");
    }

    @Test
    void brokenPromises_areCountedAndToldToWhom() throws IOException {
        List<String> lines = lines(BelievableRun.broken());

        assertThat(String.join(" ", lines.subList(0, 3)))
                .startsWith(
                        "Promises were broken. 3 messages never reached the broker; 1 message came after a later one; "
                                + "messages of QoS 2 came more than once. Promised: ");
        assertThat(lines)
                .contains("missing       r1k7-machines-4711  3 messages #12, #13, #77")
                .contains("duplicated    r1k7-meters-0042    2 more than once");
    }

    @Test
    void runThatWasCutShort_saysWhy() throws IOException {
        assertThat(String.join(" ", lines(BelievableRun.aborted()).subList(0, 3)))
                .isEqualTo("The run was aborted. It ended early: nobody answers at gateway.example:1883. "
                        + "The gateway acknowledged 0 of 0 messages. 6,000 of 10,000 sensors never had a connection.");
    }

    @Test
    void sensorsThatNeverHadAConnection_areToldOfBesideThePromises() throws IOException {
        assertThat(String.join("\n", lines(BelievableRun.aborted())))
                .containsPattern("sensors that never had a connection +machines +6,000");
        assertThat(String.join("\n", lines(BelievableRun.kept()))).doesNotContain("never had");
    }

    @Test
    void whatNobodySuffered_hasNoColumn() throws IOException {
        assertThat(String.join("\n", lines(BelievableRun.kept())))
                .containsPattern("promised +excused +arrived +missing +twice +order +late +lost")
                .containsPattern("  commands +7,?9\\S* +\\S+ +3 ");
    }

    @Test
    void runThatNobodyVerified_claimsNothingOfArrivals() throws IOException {
        assertThat(String.join("\n", lines(BelievableRun.aborted())))
                .contains("promised", "verified   no")
                .doesNotContain("arrived", "missing", "lost");
    }

    @Test
    void manyFindings_areCutOffAndTheRestIsCounted() throws IOException {
        List<Finding> findings = Collections.nCopies(31, new Finding(Finding.Kind.MISSING, "g", "g-1", "1 message #1"));
        List<String> lines = lines(BelievableRun.broken(findings));

        assertThat(lines).filteredOn(line -> line.startsWith("missing")).hasSize(20);
        assertThat(lines).contains("... and 11 more, which are in the reports as JSON and HTML.");
    }

    @Test
    void everyLine_fitsATerminal() throws IOException {
        assertThat(lines(BelievableRun.broken())).allMatch(line -> line.length() <= COLUMNS);
    }

    @Test
    void everyTrouble_fitsATerminal() {
        for (Trouble trouble : Trouble.values()) {
            assertThat(trouble.help()).hasSizeLessThanOrEqualTo(COLUMNS - "  a-group-of-16-ch  5.99M".length());
        }
    }

    private static List<String> lines(FleetReport report) throws IOException {
        StringBuilder text = new StringBuilder();
        TextReport.write(report, text);
        return text.toString().lines().toList();
    }
}
