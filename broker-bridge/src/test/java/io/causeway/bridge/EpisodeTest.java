package io.causeway.bridge;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EpisodeTest {
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap

    private final Episode episode = new Episode();

    @Test
    void beginning_isToldAtOnceAndThenEachMinute() {
        assertThat(episode.isToTell(START)).isTrue();
        assertThat(episode.isToTell(START + 1)).isFalse();
        assertThat(episode.isToTell(START + Episode.INTERVAL_NANOS - 1)).isFalse();
        assertThat(episode.isToTell(START + Episode.INTERVAL_NANOS)).isTrue();
        assertThat(episode.lasted(START + Episode.INTERVAL_NANOS)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void end_isToldOnce() {
        assertThat(episode.isToTell(START)).isTrue();
        assertThat(episode.isLasting()).isTrue();
        assertThat(episode.isEndToTell()).isTrue();
        assertThat(episode.isLasting()).isFalse();
        assertThat(episode.isEndToTell()).isFalse();
    }

    @Test
    void anotherWithinAMinute_isToldNeitherAtItsBeginningNorAtItsEnd() {
        assertThat(episode.isToTell(START)).isTrue();
        assertThat(episode.isEndToTell()).isTrue();
        assertThat(episode.isToTell(START + 1)).isFalse();
        assertThat(episode.isEndToTell()).isFalse();
    }
}
