package io.causeway.session;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenBucketTest {
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static int takeAll(TokenBucket bucket, long nowNanos) {
        int taken = 0;
        while (bucket.tryTake(nowNanos)) {
            taken++;
        }
        return taken;
    }

    @Test
    void freshBucket_givesOneSecondsWorthAtOnce() {
        assertThat(takeAll(new TokenBucket(10, START), START)).isEqualTo(10);
    }

    @Test
    void emptyBucket_fillsEvenly() {
        TokenBucket bucket = new TokenBucket(10, START);
        takeAll(bucket, START);

        assertThat(bucket.tryTake(START + SECOND / 10 - 1_000)).isFalse();
        assertThat(bucket.tryTake(START + SECOND / 10)).isTrue();
        assertThat(bucket.tryTake(START + SECOND / 10)).isFalse();
        assertThat(takeAll(bucket, START + SECOND * 6 / 10)).isEqualTo(5);
    }

    @Test
    void quietHour_givesNoMoreThanOneSecondsWorth() {
        TokenBucket bucket = new TokenBucket(10, START);
        takeAll(bucket, START);

        assertThat(takeAll(bucket, START + 3_600 * SECOND)).isEqualTo(10);
    }

    @Test
    void fractionOfATokenPerSecond_isKept() {
        TokenBucket bucket = new TokenBucket(2.5, START);

        assertThat(takeAll(bucket, START)).isEqualTo(2);
        assertThat(bucket.tryTake(START + SECOND / 5)).isTrue();
    }

    @Test
    void bucket_isFullAgainWhenAsMuchHasFlownInAsWasTaken() {
        TokenBucket bucket = new TokenBucket(10, START);
        assertThat(bucket.isFull(START)).isTrue();
        bucket.tryTake(START);

        assertThat(bucket.isFull(START + SECOND / 20)).isFalse();
        assertThat(bucket.isFull(START + SECOND / 10)).isTrue();
    }
}
