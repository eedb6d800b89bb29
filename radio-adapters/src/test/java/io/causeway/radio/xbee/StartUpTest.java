package io.causeway.radio.xbee;

import io.causeway.radio.LinkState;
import io.causeway.radio.xbee.XBeeSettings.ModeChoice;
import io.causeway.radio.xbee.frame.ApiMode;
import io.causeway.radio.xbee.frame.FrameErrors;
import io.causeway.radio.xbee.frame.ModemStatus;
import io.causeway.radio.xbee.frame.ReceivePacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StartUpTest {
    private static final LinkState.Degraded TRANSPARENT = new LinkState.Degraded(
            "the radio on /dev/ttyUSB0 answers in transparent mode (AP=0) at 115200 baud: set AP=2 and WR in it,"
                    + " or configure: true here");

    private static Bench opened(Bench bench) {
        bench.open();
        return bench;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void radioInAnApiMode_isUsedAsItIs(int ap) {
        Bench bench = new Bench();
        bench.radio.ap = ap;

        opened(bench).pass(1_000);

        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.radio.ap).isEqualTo(ap);
        assertThat(bench.radio.commands)
                .containsExactly(
                        "AP", "HV", "VR", "SH", "SL", "NP", "AO", "AI", "MY", "CH", "ID", "OP", "D6", "D7", "SP", "NH");
        assertThat(bench.counters().frameErrors()).isEqualTo(FrameErrors.NONE);
        assertThat(bench.radio.errors()).isEqualTo(FrameErrors.NONE);
    }

    @Test
    void radioThatMayBeConfigured_isSetAndSaved() {
        Bench bench = new Bench(Bench.settings(true, ModeChoice.AUTO));
        bench.radio.ap = 1;
        bench.radio.set("AO", 1, 1);

        opened(bench).pass(1_000);

        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.radio.commands).startsWith("AP", "AP=02", "HV").endsWith("NH", "AO=00", "WR");
        assertThat(bench.radio.ap).isEqualTo(2);
    }

    @Test
    void radioThatIsAsItShouldBe_isNotWritten() {
        Bench bench = opened(new Bench(Bench.settings(true, ModeChoice.AUTO)));
        bench.pass(1_000);

        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.radio.commands).doesNotContain("WR");
    }

    @Test
    void radioInAnotherModeThanWanted_isUsedInItsOwn() {
        Bench bench = new Bench(Bench.settings(false, ModeChoice.MODE_2));
        bench.radio.ap = 1;

        opened(bench).pass(1_000);

        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.radio.ap).isEqualTo(1);
    }

    @Test
    void answersToANewModeThatGetLost_leaveTheRadioUsed() {
        Bench bench = new Bench(Bench.settings(true, ModeChoice.MODE_2));
        bench.radio.ap = 1;
        bench.radio.noise = octets -> isAnswerToSettingTheMode(octets) ? Unpooled.EMPTY_BUFFER : octets;

        opened(bench).pass(20_000);

        assertThat(bench.radio.ap).isEqualTo(2);
        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.radio.commands).contains("WR").containsOnlyOnce("SL"); // whose answer has octets to escape
    }

    /** It has no value. */
    private static boolean isAnswerToSettingTheMode(ByteBuf octets) {
        return octets.readableBytes() == 9
                && octets.getByte(5) == 'A'
                && octets.getByte(6) == 'P'
                && octets.getByte(2) == 5;
    }

    @Test
    void frameBehindTheAnswerWithTheMode_isNotLost() {
        Bench bench = new Bench();
        ByteBuf frame = ApiMode.ESCAPED.encode(new ReceivePacket(Bench.NODE, 1, 1, Bench.hex("02 16")));
        bench.radio.noise = octets -> {
            if (!bench.radio.commands.equals(List.of("AP"))) {
                return octets;
            }
            ByteBuf oneRead = Unpooled.copiedBuffer(octets, frame.readSlice(10));
            bench.radio.noise = later -> later;
            bench.radio.say(frame);
            return oneRead;
        };

        opened(bench).pass(1_000);

        assertThat(bench.received).containsExactly("0013a20040a1b2c3 0216");
    }

    @ParameterizedTest
    @ValueSource(ints = {9_600, 57_600, 38_400, 19_200, 230_400})
    void radioAtAnotherRate_isFound(int rate) {
        Bench bench = new Bench();
        bench.radio.radioRate = rate;

        opened(bench).pass(30_000);

        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.radio.lineRate).isEqualTo(rate);
    }

    @Test
    void radioPulledAndPluggedIn_isAskedAgainAtTheRateItWasFoundAt() {
        Bench bench = new Bench();
        bench.radio.radioRate = 9_600;
        opened(bench).pass(30_000);

        bench.radio.unplug();
        assertThat(bench.state()).isEqualTo(new LinkState.Down("/dev/ttyUSB0 is not there"));
        bench.pass(3_000);
        bench.radio.plug();
        bench.pass(1_000);

        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.counters().starts()).isEqualTo(2);
    }

    @Test
    void radioInTransparentMode_isNamed() {
        Bench bench = new Bench();
        bench.radio.ap = 0;

        opened(bench).pass(10_000);

        assertThat(bench.state()).isEqualTo(TRANSPARENT);
        assertThat(bench.radio.commands).contains("+++", "ATAP", "ATCN").doesNotContain("ATWR");
    }

    @Test
    void radioInTransparentModeThatIsSetRight_isUsedSoon() {
        Bench bench = new Bench();
        bench.radio.ap = 0;
        opened(bench).pass(10_000);

        bench.radio.ap = 2;
        bench.pass(30_000);

        assertThat(bench.state()).isEqualTo(LinkState.UP);
    }

    @Test
    void radioInTransparentModeAtItsFactoryRate_isNamedWithIt() {
        Bench bench = new Bench();
        bench.radio.ap = 0;
        bench.radio.radioRate = 9_600;

        opened(bench).pass(12_000);

        assertThat(bench.state())
                .isEqualTo(new LinkState.Degraded(TRANSPARENT.cause().replace("115200 baud", "9600 baud")));
    }

    @Test
    void radioInTransparentModeThatMayBeConfigured_isSwitched() {
        Bench bench = new Bench(Bench.settings(true, ModeChoice.AUTO));
        bench.radio.ap = 0;

        opened(bench).pass(10_000);

        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.radio.ap).isEqualTo(2);
        assertThat(bench.radio.commands).containsSubsequence("+++", "ATAP", "ATAP2", "ATWR", "ATCN", "AP", "HV");
    }

    @Test
    void radioInMicroPythonMode_isNamed() {
        Bench bench = new Bench();
        bench.radio.ap = 4;

        opened(bench).pass(10_000);

        assertThat(((LinkState.Degraded) bench.state()).cause()).contains("MicroPython mode (AP=4)");
    }

    @Test
    void lineWithoutARadio_isNamedWithWhatItSaidAndWhatWasTried() {
        Bench bench = new Bench();
        bench.radio.isSilent = true;
        opened(bench).pass(29_500);
        assertThat(((LinkState.Degraded) bench.state()).cause())
                .isEqualTo("no XBee radio answers on /dev/ttyUSB0 at 115200, 9600, 57600, 38400, 19200, 230400 baud,"
                        + " received nothing: check that it is the right port and that the radio has power"
                        + " and API firmware");
    }

    @Test
    void lineThatStaysWithoutARadio_isReportedOnce() {
        Bench bench = new Bench();
        bench.radio.isSilent = true;
        opened(bench).pass(600_000);

        assertThat(bench.states).hasSize(2);
        assertThat(bench.states.get(0)).isEqualTo(new LinkState.Degraded("asking what radio is on /dev/ttyUSB0"));
    }

    @Test
    void noiseThatChanges_isReportedOnce() {
        Bench bench = new Bench();
        bench.radio.isSilent = true;
        opened(bench);
        for (int second = 0; second < 600; second++) {
            bench.radio.say(Unpooled.copiedBuffer("$GPGGA" + second, StandardCharsets.US_ASCII));
            bench.pass(1_000);
        }

        assertThat(bench.states).hasSize(2);
    }

    @Test
    void whatALineWithoutARadioSays_isShown() {
        Bench bench = new Bench();
        bench.radio.isSilent = true;
        opened(bench).pass(22_000);
        bench.radio.say(Unpooled.copiedBuffer("$GPGGA", StandardCharsets.US_ASCII));
        bench.pass(8_000);

        assertThat(((LinkState.Degraded) bench.state()).cause()).contains("received 244750474741");
    }

    @ParameterizedTest
    @ValueSource(ints = {2_500, 4_000, 10_000, 60_000, 600_000})
    void radioThatAnswersLate_isUsedWhenItDoes(int millis) {
        Bench bench = new Bench();
        bench.radio.isSilent = true;
        opened(bench).pass(millis);

        bench.radio.isSilent = false;
        bench.pass(90_000);

        assertThat(bench.state()).isEqualTo(LinkState.UP);
    }

    @Test
    void firstGenerationRadio_isUsedThoughItKnowsFewCommands() {
        Bench bench = new Bench();
        bench.radio.parameters.remove("NP");
        bench.radio.parameters.remove("AO");
        bench.radio.set("HV", 0x1746, 2);
        bench.radio.set("VR", 0x10E8, 2);

        opened(bench).pass(1_000);
        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.limits.octets(Bench.NODE_ADDRESS)).isEqualTo(100);

        bench.send(Bench.NODE_ADDRESS, "02 17");
        bench.pass(100);
        assertThat(bench.sent()).containsExactly("0217");
    }

    @ParameterizedTest
    @CsvSource({"84,84", "73,73", "100,84", "255,84"})
    void whatTheRadioTakes_isTheLimitUpToOnePacket(int np, int octets) {
        Bench bench = new Bench();
        bench.radio.set("NP", np, 2);
        opened(bench).pass(1_000);

        assertThat(bench.limits.octets(Bench.NODE_ADDRESS)).isEqualTo(octets);
    }

    @Test
    void radioOutsideOfANetwork_isUsedWhenItHasJoined() {
        Bench bench = new Bench();
        bench.radio.set("AI", 0x21, 1);
        opened(bench).pass(1_000);
        assertThat(bench.state())
                .isEqualTo(new LinkState.Degraded("the radio has not joined a network: it finds no network (AI=21)"));

        bench.send(Bench.NODE_ADDRESS, "02 17");
        bench.pass(2_000);
        assertThat(bench.sent()).isEmpty();

        bench.radio.set("AI", 0, 1);
        bench.pass(3_000);
        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.sent()).containsExactly("0217");
    }

    @Test
    void radioThatLeavesItsNetwork_waitsUntilItIsBack() {
        Bench bench = Bench.running();
        bench.radio.set("AI", 0x22, 1);
        bench.radio.say(new ModemStatus(3));
        bench.pass(500);
        assertThat(bench.state()).isInstanceOf(LinkState.Degraded.class);

        bench.radio.say(new ModemStatus(2));
        bench.pass(100);
        assertThat(bench.state()).isEqualTo(LinkState.UP);
    }

    @Test
    void radioThatIsReset_isAskedAgainAndSendsWhatItForgot() {
        Bench bench = Bench.running();
        bench.radio.air = (address64, address16, payload) -> new ScriptedRadio.Outcome(0, 3_000);
        bench.send(Bench.NODE_ADDRESS, "02 17");
        bench.pass(100);

        bench.radio.reset();
        bench.radio.ap = 1;
        bench.radio.air = (address64, address16, payload) -> ScriptedRadio.Outcome.DELIVERED;
        bench.radio.say(new ModemStatus(0));
        bench.pass(1_000);

        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.sent()).containsExactly("0217", "0217");
        assertThat(bench.counters().starts()).isEqualTo(2);
    }

    @Test
    void radioThatFallsSilent_isNoticedAndFoundAgain() {
        Bench bench = Bench.running();
        bench.radio.isSilent = true;
        bench.pass(35_000);
        assertThat(bench.state()).isEqualTo(new LinkState.Degraded("the radio on /dev/ttyUSB0 has stopped answering"));

        bench.radio.isSilent = false;
        bench.pass(60_000);
        assertThat(bench.state()).isEqualTo(LinkState.UP);
    }
}
