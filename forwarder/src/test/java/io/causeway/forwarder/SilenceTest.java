package io.causeway.forwarder;

import io.causeway.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SilenceTest {
    private final VirtualTime time = new VirtualTime();
    private final Silence silence = new Silence(time.nowNanos());

    @Test
    void requestsUnansweredForLong_areSilence() {
        request();
        request();
        time.advance(Silence.PATIENCE.minusNanos(1));
        request();
        assertThat(isSilent()).isFalse();

        time.advance(Duration.ofNanos(1));
        assertThat(isSilent()).isTrue();
    }

    @Test
    void fewRequestsUnanswered_areNot() {
        request();
        request();
        time.advance(Duration.ofHours(1));

        assertThat(isSilent()).isFalse();
    }

    @Test
    void anyAnswer_endsIt() {
        request();
        request();
        request();
        time.advance(Silence.PATIENCE);

        silence.onAnswer(time.nowNanos());
        request();
        request();
        request();

        assertThat(isSilent()).isFalse();
    }

    @Test
    void nothingAsked_isNoSilence() {
        time.advance(Duration.ofDays(30));

        assertThat(isSilent()).isFalse();
    }

    @Test
    void gatewayThatHasNeverAnsweredAProbe_isNotBlamedForProbes() {
        silence.onAnswer(time.nowNanos());

        assertThat(probesIn(Duration.ofMinutes(10))).isGreaterThan(10);
        assertThat(isSilent()).isFalse();
    }

    @Test
    void gatewayThatUsedToAnswerProbes_isMissedWithoutAnyDevice() {
        silence.onProbeAnswered(time.nowNanos());

        assertThat(probesIn(Silence.IDLE.minusSeconds(1))).isZero();
        probesIn(Silence.PATIENCE.plusSeconds(2));

        assertThat(isSilent()).isTrue();
    }

    @Test
    void deviceThatAlsoWaits_bringsTheProbeForward() {
        silence.onProbeAnswered(time.nowNanos());

        request();

        assertThat(probesIn(Silence.PROBE_INTERVAL)).isEqualTo(1);
    }

    private int probesIn(Duration duration) {
        int probes = 0;
        for (long second = 0; second < duration.toSeconds(); second++) {
            time.advance(Duration.ofSeconds(1));
            probes += silence.takeProbe(false, time.nowNanos()) ? 1 : 0;
        }
        return probes;
    }

    private void request() {
        silence.onRequest(time.nowNanos());
    }

    private boolean isSilent() {
        return silence.isSilent(time.nowNanos());
    }
}
