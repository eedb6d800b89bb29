package io.causeway.forwarder;

import io.causeway.codec.Octets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CONNECT,              070404010000 61, true",
        "PINGREQ,              0216,            true",
        "SUBSCRIBE,            06120100016161,  true",
        "PUBLISH at QoS 1,     070c2000010001,  true",
        "PUBLISH at QoS 2,     070c4000010001,  true",
        "in the long form,     0100090c2000010001, true",
        "PUBLISH at QoS 0,     070c0000010000,  false",
        "PUBLISH at QoS -1,    070c6000010000,  false",
        "PUBLISH without more, 020c,            false",
        "PUBACK,               070d0001000100,  false",
        "SEARCHGW,             030100,          false",
        "reserved,             02aa,            false"
    })
    void messagesThatAreToBeAnswered_areRequests(String what, String hex, boolean isRequest) {
        assertThat(Requests.isRequest(Octets.ofHex(hex.replace(" ", "")))).isEqualTo(isRequest);
    }
}
