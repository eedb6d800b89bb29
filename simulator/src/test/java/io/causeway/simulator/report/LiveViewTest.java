package io.causeway.simulator.report;

import io.causeway.simulator.report.Sample.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LiveViewTest {
    private static final List<Sample> RUN = BelievableRun.samples();
    private static final int COLUMNS = 80;
    private static final int LINES = 20;

    private final StringWriter output = new StringWriter();

    @Test
    void pipedRun_isALineEveryTenSecondsAndAtEachPhase() {
        try (LiveView view = view(false)) {
            RUN.subList(0, 100).forEach(view);
        }

        assertThat(output.toString()).doesNotContain("\033");
        assertThat(output.toString().lines().map(line -> line.trim().split(" +", 3)[0]))
                .containsExactly("0:01", "0:11", "0:21", "0:31", "0:41", "0:51", "1:01", "1:11", "1:21", "1:31");
        assertThat(output.toString().lines().skip(6).findFirst())
                .hasValueSatisfying(line -> assertThat(line)
                        .contains("steady ", "active, 3,600 asleep", "/s arrived", "on the way; p99 ", "; 0 troubles"));
    }

    @Test
    void pipedRun_showsTheRateOfAllSecondsOfALine() {
        try (LiveView view = view(false)) {
            RUN.subList(0, 111).forEach(view);
        }
        long sent = RUN.subList(101, 111).stream().mapToLong(Sample::sent).sum();

        assertThat(output.toString().lines().reduce("", (before, line) -> line))
                .contains(Figures.count(Math.round(sent / 10.0)) + "/s sent");
    }

    @Test
    void terminal_isLeftAsItWas() {
        LiveView view = view(true);
        view.accept(RUN.get(0));
        view.accept(RUN.get(1));
        view.close();
        view.close();
        view.accept(RUN.get(2));

        assertThat(output.toString()).startsWith("\033[?1049h").endsWith("\033[?1049l");
        assertThat(output.toString()).containsOnlyOnce("\033[?1049h").containsOnlyOnce("\033[?1049l");
    }

    @Test
    void viewThatSawNothing_leavesTheTerminalAlone() {
        view(true).close();

        assertThat(output.toString()).isEmpty();
    }

    @Test
    void screen_fitsTheSmallestTerminal() {
        Map<SensorState, Integer> states = new EnumMap<>(SensorState.class);
        for (SensorState state : SensorState.values()) {
            states.put(state, 100_000);
        }
        Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
        for (Trouble trouble : Trouble.values()) {
            troubles.put(trouble, 123_456_789L);
        }
        Percentiles hours = new Percentiles(1, 1, 999_999, 999_000_000, 3_600_000_000L, 86_400_000_000L);
        long many = 123_456_789;
        try (LiveView view = view(true)) {
            view.accept(new Sample(
                    1_000, Phase.RAMP_DOWN, states, many, many, many, many, many, hours, hours, troubles, many));
        }

        assertThat(screen()).hasSizeLessThanOrEqualTo(LINES).allMatch(line -> line.length() <= COLUMNS);
    }

    @Test
    void screenInTheOutage_tellsWhereTheRunIsAndWhatIsWrong() {
        try (LiveView view = view(true)) {
            RUN.subList(0, 330).forEach(view);
        }

        assertThat(String.join("\n", screen()))
                .contains("factory and street  10,000 sensors")
                .containsPattern("steady .* 50 %  5:28 left")
                .containsPattern("disconnected +6,000")
                .containsPattern("troubles +3,990  the connection was lost");
    }

    @Test
    void runWithoutVerification_saysNothingOfArrivals() {
        StringWriter unverified = new StringWriter();
        try (LiveView view = new LiveView(new PrintWriter(unverified), false, BelievableRun.scenario(), false)) {
            view.accept(RUN.get(100));
        }

        assertThat(unverified.toString()).contains("acknowledged").doesNotContain("arrived", "on the way");
    }

    private LiveView view(boolean isTerminal) {
        return new LiveView(new PrintWriter(output), isTerminal, BelievableRun.scenario(), true);
    }

    /** The last one that was drawn, without colours. */
    private List<String> screen() {
        String all = output.toString();
        return all.substring(all.lastIndexOf("\033[H"))
                .replaceAll("\033\\[[?0-9;]*[A-Za-z]", "")
                .lines()
                .toList();
    }
}
