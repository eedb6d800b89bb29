package io.causeway.bridge.rules;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EchoesTest {
    private final Echoes echoes = new Echoes();

    @Test
    void eachSent_isGoodForOneThatComes() {
        echoes.onSent(message("a", "1"));
        echoes.onSent(message("a", "1"));

        assertThat(echoes.isEcho(message("a", "1"))).isTrue();
        assertThat(echoes.isEcho(message("a", "1"))).isTrue();
        assertThat(echoes.isEcho(message("a", "1"))).isFalse();
    }

    @Test
    void othersMessages_areNoEchoes() {
        echoes.onSent(message("a", "1"));

        assertThat(echoes.isEcho(message("a", "2"))).isFalse();
        assertThat(echoes.isEcho(message("b", "1"))).isFalse();
    }

    @Test
    void refused_isNotAwaited() {
        echoes.onSent(message("a", "1"));
        echoes.onRefused(message("a", "1"));

        assertThat(echoes.isEcho(message("a", "1"))).isFalse();
    }

    @Test
    void tooMany_theOldestAreForgotten() {
        for (int i = 0; i <= Echoes.MOST; i++) {
            echoes.onSent(message("t", Integer.toString(i)));
        }

        assertThat(echoes.isEcho(message("t", "0"))).isFalse();
        assertThat(echoes.isEcho(message("t", "1"))).isTrue();
    }

    private static ApplicationMessage message(String topic, String payload) {
        return new ApplicationMessage(topic, Octets.utf8(payload), Qos.AT_LEAST_ONCE, false);
    }
}
