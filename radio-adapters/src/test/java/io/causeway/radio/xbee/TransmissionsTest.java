package io.causeway.radio.xbee;

import io.causeway.radio.LinkState;
import io.causeway.radio.xbee.ScriptedRadio.Outcome;
import io.causeway.radio.xbee.ScriptedRadio.Sent;
import io.causeway.radio.xbee.frame.ExtendedTransmitStatus;
import io.causeway.radio.xbee.frame.FrameErrors;
import io.causeway.radio.xbee.frame.ModemStatus;
import io.causeway.radio.xbee.frame.NodeIdentification;
import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.ReceivePacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.radio.xbee.Bench.NODE;
import static io.causeway.radio.xbee.Bench.NODE_ADDRESS;
import static io.causeway.radio.xbee.Bench.hex;
import static org.assertj.core.api.Assertions.assertThat;

class TransmissionsTest {
    private static final String PINGRESP = "02 17";
    private static final String QOS_1 = "07 0C 20 0001 0001";
    private static final String QOS_0 = "07 0C 00 0001 0000";
    private static final String QOS_MINUS_1 = "07 0C 60 0001 0000";

    private final Bench bench = Bench.running();
    private final ScriptedRadio radio = bench.radio;

    private static XBeeAddress node(int number) {
        return new XBeeAddress.Serial(NODE + number);
    }

    /** So that they are known to exist; forgets that it was sent. */
    private void deliverSomethingTo(int nodes) {
        ScriptedRadio.Air usual = radio.air;
        radio.air = (address64, address16, payload) -> new Outcome(0, 1);
        for (int i = 0; i < nodes; i++) {
            bench.send(node(i), PINGRESP);
            bench.pass(50);
        }
        radio.air = usual;
        radio.sent.clear();
        radio.mostUnderWay = 0;
    }

    private void hear(int number, int address16, int options) {
        radio.say(new ReceivePacket(NODE + number, address16, options, hex(PINGRESP)));
    }

    private void everyStatusIs(int code) {
        radio.air = (address64, address16, payload) -> new Outcome(code, 20);
    }

    @Test
    void moreTransmissionsThanThereAreIds_areAllSentAndNoneWaitsLong() {
        for (int i = 0; i < 700; i++) {
            bench.send(node(i % 10), "04 0D %04x".formatted(i));
            bench.pass(50);
        }

        assertThat(radio.sent).hasSize(700);
        assertThat(bench.counters().waiting()).isZero();
        for (int i = 1; i < 700; i++) {
            assertThat(radio.sent.get(i).atNanos() - radio.sent.get(i - 1).atNanos())
                    .isLessThanOrEqualTo(100_000_000L);
        }
    }

    @Test
    void statuses_endTransmissionsToSeveralNodesAtATime() {
        deliverSomethingTo(20);
        radio.air = (address64, address16, payload) -> new Outcome(0, 200);
        for (int i = 0; i < 20; i++) {
            bench.send(node(i), PINGRESP);
        }
        bench.pass(50);
        assertThat(radio.sent).hasSize(4);

        bench.pass(1_000);
        assertThat(radio.sent).hasSize(20);
        assertThat(radio.mostUnderWay).isEqualTo(4);
    }

    @Test
    void datagramsToOneNode_goOneAtATimeAndInOrder() {
        bench.send(NODE_ADDRESS, "04 0D 0001");
        bench.send(NODE_ADDRESS, "04 0D 0002");
        bench.send(NODE_ADDRESS, "04 0D 0003");
        assertThat(radio.sent).hasSize(1);

        bench.pass(100);
        assertThat(bench.sent()).containsExactly("040d0001", "040d0002", "040d0003");
    }

    @Test
    void answerOfANode_goesToTheAddressItWasHeardFrom() {
        hear(0, 0x7D84, 0x01);
        bench.pass(50);
        bench.send(NODE_ADDRESS, PINGRESP);

        assertThat(radio.sent.get(0).address64()).isEqualTo(NODE);
        assertThat(radio.sent.get(0).address16()).isEqualTo(0x7D84);
        assertThat(radio.sent.get(0).options()).isZero();
    }

    @Test
    void endDevice_getsTheExtendedTimeOut() {
        hear(0, 0x7D84, 0x41);
        bench.pass(50);
        bench.send(NODE_ADDRESS, PINGRESP);

        assertThat(radio.sent.get(0).options()).isEqualTo(0x40);
    }

    @Test
    void addressOfADelivery_isUsedForTheNext() {
        radio.deliveredTo16 = 0x1234;
        bench.send(NODE_ADDRESS, PINGRESP);
        bench.send(NODE_ADDRESS, PINGRESP);
        bench.pass(100);

        assertThat(radio.sent).extracting(Sent::address16).containsExactly(0xFFFE, 0x1234);
    }

    @Test
    void nodeThatSaysWhoItIs_isKnownByItsNewAddressAndName() {
        hear(0, 0x7D84, 0x01);
        radio.say(new NodeIdentification(NODE, 2, 2, 0x2222, NODE, "node1", 0, 1, 2, 0xC105, 0x101E, Octets.EMPTY));
        bench.pass(50);

        XBeeNode known = bench.core.nodes(bench.schedule.nowNanos()).get(0);
        assertThat(known.address16()).isEqualTo(0x2222);
        assertThat(known.name()).isEqualTo("node1");
        assertThat(known.address()).isEqualTo(NODE_ADDRESS);
    }

    @Test
    void nodeThatRejoinsInMidPublish_isReachedAtItsNewAddress() {
        hear(0, 0x7D84, 0x01);
        bench.pass(50);
        radio.air = (address64, address16, payload) -> address16 == 0x7D84 ? new Outcome(0x21, 100) : Outcome.DELIVERED;
        radio.deliveredTo16 = 0x5555;

        bench.send(NODE_ADDRESS, QOS_1);
        bench.send(NODE_ADDRESS, PINGRESP);
        bench.pass(500);

        assertThat(radio.sent).extracting(Sent::address16).containsExactly(0x7D84, 0xFFFE, 0x5555);
        assertThat(bench.counters().retries()).isEqualTo(1);
        assertThat(bench.counters().heldNodes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x21, 0x25})
    void failureThatMayPass_isTriedOnceMore(int code) {
        everyStatusIs(code);
        bench.send(NODE_ADDRESS, QOS_1);
        bench.pass(5_000);

        assertThat(radio.sent).hasSize(2);
        assertThat(bench.counters().retries()).isEqualTo(1);
        assertThat(bench.counters().waiting()).isZero();
        assertThat(bench.traffic().sendFailures()).isEqualTo(1);
        assertThat(bench.traffic().sent()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x03, 0x15, 0x23, 0x24, 0x26, 0x2B, 0x34, 0x74, 0x75, 0xBB, 0xF0})
    void failureThatStays_isNotTriedAgain(int code) {
        everyStatusIs(code);
        bench.send(NODE_ADDRESS, QOS_1);
        bench.pass(5_000);

        assertThat(radio.sent).hasSize(1);
        assertThat(bench.counters().waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {QOS_0, QOS_MINUS_1, "0A FE 00 A1B2C3D4E5F6 01 07 0C 00 0001 0000"})
    void publishWithoutMessageId_isNeverSentTwice(String publish) {
        everyStatusIs(0x21);
        bench.send(NODE_ADDRESS, publish);
        bench.pass(5_000);

        assertThat(radio.sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x02, 0x18, 0x2C, 0x31, 0x32})
    void datagramThatCertainlyWasNotSent_waitsForTheRadioWhateverItsQos(int code) {
        everyStatusIs(code);
        bench.send(NODE_ADDRESS, QOS_0);
        bench.pass(5_000);
        assertThat(radio.sent).hasSizeBetween(3, 12);
        assertThat(bench.counters().waiting()).isEqualTo(1);

        radio.air = (address64, address16, payload) -> Outcome.DELIVERED;
        bench.pass(16_000);
        assertThat(bench.counters().waiting()).isZero();
        assertThat(bench.traffic().sendFailures()).isZero();
        assertThat(bench.traffic().sent()).isEqualTo(1);
    }

    @Test
    void datagramsTooOldWhileTheRadioIsAway_keepNoFreshOneOut() {
        radio.unplug();
        for (int i = 0; i < Backlog.MOST_DATAGRAMS_PER_NODE; i++) {
            bench.send(NODE_ADDRESS, PINGRESP);
        }
        bench.pass(61_000);
        assertThat(bench.counters().expired()).isEqualTo(Backlog.MOST_DATAGRAMS_PER_NODE);

        bench.send(NODE_ADDRESS, QOS_1);
        radio.plug();
        bench.pass(2_000);
        assertThat(bench.sent()).containsExactly("070c2000010001");
    }

    @Test
    void publishUnderWayWhenTheRadioIsReset_isCountedAsLost() {
        radio.air = (address64, address16, payload) -> new Outcome(Outcome.NO_STATUS, 0);
        bench.send(NODE_ADDRESS, QOS_0);
        bench.pass(100);
        radio.reset();
        radio.say(new ModemStatus(0));
        bench.pass(2_000);

        assertThat(bench.counters().lostStatuses()).isEqualTo(1);
        assertThat(radio.sent).hasSize(1);
    }

    @Test
    void radioThatRefusesThoughItSaysItHasANetwork_staysDegradedUntilItSends() {
        everyStatusIs(0x22);
        bench.states.clear();
        bench.send(NODE_ADDRESS, QOS_0);
        bench.pass(50_000);
        assertThat(bench.states).hasSize(1).first().isInstanceOf(LinkState.Degraded.class);
        assertThat(radio.sent).hasSizeBetween(3, 5);

        radio.air = (address64, address16, payload) -> Outcome.DELIVERED;
        bench.send(node(1), QOS_1);
        bench.pass(48_000);
        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.sent()).endsWith("070c2000010001");
    }

    @Test
    void nodeThatIsStillAway_isNotTriedTwiceAgain() {
        everyStatusIs(0x21);
        bench.send(NODE_ADDRESS, QOS_1);
        bench.send(NODE_ADDRESS, QOS_1);
        bench.pass(5_000);

        assertThat(radio.sent).hasSize(3);
    }

    @Test
    void sameBroadcastTwice_goesAsFarAsTheFartherOfThem() {
        bench.broadcast(1, "03 02 01");
        bench.broadcast(2, "03 02 02");
        bench.broadcast(0, "03 02 02");
        bench.broadcast(0, "03 02 03");
        bench.broadcast(2, "03 02 03");
        bench.broadcast(3, "03 02 04");
        bench.broadcast(2, "03 02 04");
        bench.pass(5_000);

        assertThat(radio.sent).extracting(Sent::radius).containsExactly(1, 0, 0, 3);
    }

    @Test
    void nodeThatIsNotFound_isHeldLongerAndLongerUntilItIsHeard() {
        everyStatusIs(0x24);
        for (int i = 0; i < 6; i++) {
            bench.send(NODE_ADDRESS, QOS_1);
        }
        bench.pass(20_000);
        List<Long> seconds = radio.sent.stream()
                .map(sent -> Math.round((sent.atNanos() - radio.sent.get(0).atNanos()) / 1e9))
                .toList();
        assertThat(seconds).containsExactly(0L, 1L, 3L, 7L, 15L);
        assertThat(bench.counters().heldNodes()).isEqualTo(1);

        radio.air = (address64, address16, payload) -> Outcome.DELIVERED;
        hear(0, 0x7D84, 0x01);
        bench.pass(50);
        assertThat(radio.sent).hasSize(6);
        assertThat(bench.counters().heldNodes()).isZero();
    }

    @Test
    void datagramThatHasWaitedTooLong_isDropped() {
        everyStatusIs(0x24);
        for (int i = 0; i < 12; i++) {
            bench.send(NODE_ADDRESS, QOS_1);
        }
        bench.pass(120_000);

        assertThat(bench.counters().waiting()).isZero();
        assertThat(bench.counters().expired()).isPositive();
    }

    @Test
    void statusThatNeverComes_costsOneTransmission() {
        radio.air = (address64, address16, payload) -> new Outcome(Outcome.NO_STATUS, 0);
        bench.send(NODE_ADDRESS, QOS_1);
        bench.send(NODE_ADDRESS, PINGRESP);
        bench.pass(5_250);
        assertThat(radio.sent).hasSize(1);

        bench.pass(100);
        assertThat(bench.sent()).containsExactly("070c2000010001", "0217");
        assertThat(bench.counters().lostStatuses()).isEqualTo(1);
    }

    @Test
    void lateAndForeignStatuses_areCountedAndIgnored() {
        radio.say(new ExtendedTransmitStatus(77, 0x1234, 0, 0, 0));
        bench.pass(50);

        assertThat(bench.counters().unknownStatuses()).isEqualTo(1);
        assertThat(bench.state()).isEqualTo(LinkState.UP);
    }

    @Test
    void threePercentOfStatusesLost_slowNobodyElseDown() {
        assertThat(sentInTime(0, -1)).isEqualTo(1_000);
        assertThat(sentInTime(0.03, -1)).isGreaterThan(950); // a node whose status is lost waits itself
    }

    @Test
    void oneDeadNodeOfTen_slowsNobodyElseDown() {
        assertThat(sentInTime(0, 3)).isEqualTo(sentInTime(0, -1) - sentTo(3));
    }

    /** How many of 1,000 messages, at 50 a second to 100 nodes, have been sent as soon as the last is there. */
    private static long sentInTime(double loss, int tenthThatIsDead) {
        Bench bench = Bench.running();
        Random random = new Random(7);
        bench.radio.air = (address64, address16, payload) -> {
            if (isOfTenth(address64, tenthThatIsDead)) {
                return new Outcome(0x24, 4_800);
            }
            return random.nextDouble() < loss ? new Outcome(Outcome.NO_STATUS, 0) : Outcome.DELIVERED;
        };
        for (int i = 0; i < 1_000; i++) {
            bench.send(node(i * 7 % 100), "04 0D %04x".formatted(i));
            if (i % 5 == 4) {
                bench.pass(100);
            }
        }
        bench.pass(50);
        return bench.radio.sent.stream()
                .filter(sent -> !isOfTenth(sent.address64(), tenthThatIsDead))
                .count();
    }

    private static boolean isOfTenth(long address64, int tenth) {
        return (address64 - NODE) % 10 == tenth;
    }

    private static long sentTo(int tenth) {
        return IntStream.range(0, 1_000).filter(i -> i * 7 % 10 == tenth).count();
    }

    @Test
    void radioWithFewBuffers_isNotStormed() {
        radio.buffers = 2;
        radio.air = (address64, address16, payload) -> new Outcome(0, 100);
        for (int i = 0; i < 1_000; i++) {
            bench.send(node(i % 40), QOS_1);
            bench.pass(100);
        }
        bench.pass(20_000);

        assertThat(bench.counters().waiting()).isZero();
        assertThat(bench.counters().noBuffers()).isLessThan(50);
        assertThat(bench.traffic().sendFailures()).isZero();
    }

    @Test
    void burstToARadioWithFewBuffers_halvesTheWindowOnceAndGrowsAgain() {
        deliverSomethingTo(4);
        radio.buffers = 2;
        for (int i = 0; i < 4; i++) {
            bench.send(node(i), QOS_1);
        }
        bench.pass(50);
        assertThat(bench.counters().window()).isEqualTo(2);

        radio.buffers = 100;
        for (int i = 0; i < 150; i++) {
            bench.send(node(i % 50), PINGRESP);
            bench.pass(50);
        }
        assertThat(bench.counters().window()).isEqualTo(4);
    }

    @Test
    void datagramLargerThanTheRadioTakes_blocksNothingBehindIt() {
        bench.send(NODE_ADDRESS, "8C 0C 20 0001 0001", "AA".repeat(133));
        bench.send(NODE_ADDRESS, PINGRESP);
        bench.pass(100);

        assertThat(bench.sent()).containsExactly("0217");
        assertThat(bench.traffic().oversized()).isEqualTo(1);
    }

    @Test
    void datagramTooLargeForTheWay_lowersTheLimitOfItsNode() {
        radio.air = (address64, address16, payload) -> payload.length() > 66 ? new Outcome(0x74, 5) : Outcome.DELIVERED;
        bench.send(NODE_ADDRESS, "54 0C 20 0001 0001", "AA".repeat(77));
        bench.pass(100);

        assertThat(bench.limits.octets(NODE_ADDRESS)).isEqualTo(66);
        assertThat(bench.limits.octets(node(1))).isEqualTo(84);
        assertThat(bench.counters().tooLarge()).isEqualTo(1);
        bench.send(NODE_ADDRESS, "54 0C 20 0001 0001", "AA".repeat(77));
        bench.pass(100);
        assertThat(radio.sent).hasSize(1);
    }

    @Test
    void broadcastTooLargeForTheNetwork_lowersTheLimitOfBroadcasts() {
        radio.air = (address64, address16, payload) -> payload.length() > 66 ? new Outcome(0x74, 5) : Outcome.DELIVERED;
        for (int i = 0; i < 5; i++) {
            bench.broadcast(1, "54 0C 20 0001 0001", "AA".repeat(77));
            bench.pass(2_000);
        }

        assertThat(radio.sent).hasSize(1);
        assertThat(bench.limits.broadcastOctets()).isEqualTo(66);
        assertThat(bench.limits.octets(node(1))).isEqualTo(84);
    }

    @ParameterizedTest
    @CsvSource({"0x01, 2000", "0x41, 400"}) // only Zigbee radios tell which nodes sleep
    void sleepersThatTakeTheirTime_keepAnAwakeNodeWaitingNoLonger(int options, long mostMillis) {
        for (int i = 0; i < 4; i++) {
            hear(i, 0x7D84 + i, options);
        }
        radio.air = (address64, address16, payload) -> new Outcome(0, 2_000);
        for (int i = 0; i < 40; i++) {
            bench.send(node(i % 4), PINGRESP);
            bench.pass(2_050);
        }
        radio.sent.clear();

        for (int i = 0; i < 4; i++) {
            bench.send(node(i), PINGRESP);
        }
        long begin = bench.schedule.nowNanos();
        bench.send(node(20), QOS_1);
        bench.pass(3_000);
        assertThat((radio.sent.get(4).atNanos() - begin) / 1_000_000).isLessThanOrEqualTo(mostMillis);
    }

    @Test
    void radioThatTurnsOutToBeInNoNetwork_isAskedBeforeMoreIsSent() {
        radio.set("AI", 0x22, 1);
        everyStatusIs(0x22);
        bench.send(NODE_ADDRESS, QOS_1);
        bench.pass(1_000);
        bench.send(node(1), QOS_1);
        bench.pass(1_000);
        assertThat(radio.sent).hasSize(1);
        assertThat(bench.state()).isInstanceOf(LinkState.Degraded.class);

        radio.set("AI", 0, 1);
        radio.air = (address64, address16, payload) -> Outcome.DELIVERED;
        bench.pass(4_000);
        assertThat(radio.sent).hasSize(3);
    }

    @Test
    void broadcasts_areSpacedAndTheSameOneIsSentOnce() {
        for (int i = 0; i < 5; i++) {
            bench.broadcast(1, "03 02 01");
        }
        bench.broadcast(2, "03 02 01");
        bench.broadcast(0, "05 00 01 0384");
        bench.pass(5_000);

        assertThat(bench.sent()).containsExactly("030201", "030201", "0500010384");
        assertThat(radio.sent).extracting(Sent::radius).containsExactly(1, 2, 0);
        assertThat(radio.sent).extracting(Sent::address64).containsOnly(0xFFFFL);
        assertThat(radio.sent).extracting(Sent::address16).containsOnly(0xFFFE);
        for (int i = 1; i < 3; i++) {
            assertThat(radio.sent.get(i).atNanos() - radio.sent.get(i - 1).atNanos())
                    .isGreaterThanOrEqualTo(1_000_000_000L);
        }
    }

    @Test
    void moreThanCanWait_isDroppedAndCounted() {
        deliverSomethingTo(40);
        everyStatusIs(0x24);
        for (int i = 0; i < 100; i++) {
            bench.send(NODE_ADDRESS, PINGRESP);
        }
        assertThat(bench.traffic().sendOverflows()).isEqualTo(36);

        for (int i = 0; i < 10_000; i++) {
            bench.send(node(i % 40), PINGRESP);
        }
        assertThat(bench.counters().waiting()).isEqualTo(Backlog.MOST_DATAGRAMS);
    }

    @Test
    void moreThanCanWaitForNodesThatMayNotExist_isDroppedAndCounted() {
        everyStatusIs(0x24);
        for (int i = 0; i < 10_000; i++) {
            bench.send(node(i), PINGRESP);
        }

        assertThat(bench.counters().waiting()).isEqualTo(Backlog.MOST_DATAGRAMS_FOR_STRANGERS);
        assertThat(bench.traffic().sendOverflows()).isEqualTo(10_000 - Backlog.MOST_DATAGRAMS_FOR_STRANGERS);
    }

    @Test
    void lineThatTakesNothing_losesNothing() {
        radio.takesNothing = true;
        bench.send(NODE_ADDRESS, PINGRESP);
        bench.pass(1_000);
        radio.takesNothing = false;
        bench.pass(100);

        assertThat(bench.sent()).containsExactly("0217");
    }

    @Test
    void portThatComesBack_sendsWhatWaited() {
        radio.air = (address64, address16, payload) -> new Outcome(0, 500);
        bench.send(NODE_ADDRESS, QOS_1);
        bench.send(NODE_ADDRESS, PINGRESP);
        bench.send(node(1), QOS_0);
        bench.pass(100);
        radio.unplug();
        bench.pass(3_000);
        radio.plug();
        bench.pass(3_000);

        assertThat(bench.sent())
                .containsExactlyInAnyOrder("070c2000010001", "070c0000010000", "070c2000010001", "0217");
    }

    /** Everything at once, many times: what is asked of the link at the end is that it still works. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void anyTrouble_leavesTheLinkWorking(long seed) {
        Random random = new Random(seed);
        radio.ap = 1 + (int) (seed % 2);
        radio.noise = octets -> random.nextInt(20) == 0 ? damaged(octets, random) : octets;
        int[] codes = {0, 0, 0, 0, 0, 0, 1, 2, 3, 0x18, 0x21, 0x22, 0x24, 0x25, 0x32, 0x74, Outcome.NO_STATUS};
        radio.air = (address64, address16, payload) ->
                new Outcome(codes[random.nextInt(codes.length)], 1 + random.nextInt(300));
        for (int i = 0; i < 2_000; i++) {
            bench.send(node(random.nextInt(30)), random.nextBoolean() ? QOS_1 : QOS_0);
            switch (random.nextInt(60)) {
                case 0 -> radio.say(new ModemStatus(random.nextInt(16)));
                case 1 -> {
                    radio.unplug();
                    bench.pass(random.nextInt(2_000));
                    radio.plug();
                }
                case 2 -> radio.say(garbage(random));
                case 3, 4, 5 -> hear(random.nextInt(30), random.nextInt(0xFFF0), random.nextInt(0x80));
                case 6 -> bench.broadcast(random.nextInt(3), "03 02 01");
                case 7 -> radio.say(new ExtendedTransmitStatus(random.nextInt(256), 0x1234, 0, 0, 0));
                default -> bench.pass(50L * random.nextInt(3));
            }
        }
        radio.air = (address64, address16, payload) -> Outcome.DELIVERED;
        radio.noise = octets -> octets;
        radio.unplug();
        radio.plug();
        bench.pass(120_000);

        assertThat(bench.state()).isEqualTo(LinkState.UP);
        assertThat(bench.counters().waiting()).isZero();
        assertThat(bench.counters().heldNodes()).isZero();
        radio.sent.clear();
        for (int i = 0; i < 40; i++) {
            bench.send(node(i), PINGRESP);
        }
        bench.pass(2_000);
        assertThat(radio.sent).hasSize(40);
        assertThat(radio.errors()).isEqualTo(FrameErrors.NONE);
    }

    /** Cut off, or with one octet changed. */
    private static ByteBuf damaged(ByteBuf octets, Random random) {
        int at = random.nextInt(octets.readableBytes());
        return random.nextBoolean()
                ? octets.readSlice(at)
                : octets.setByte(octets.readerIndex() + at, random.nextInt());
    }

    private static ByteBuf garbage(Random random) {
        byte[] octets = new byte[random.nextInt(64)];
        random.nextBytes(octets);
        return Unpooled.wrappedBuffer(octets);
    }

    @Test
    void shortDatagramRefusedAsTooLarge_doesNotCutItsNodeOff() {
        everyStatusIs(0x74);
        bench.send(NODE_ADDRESS, QOS_1);
        bench.pass(1_000);
        everyStatusIs(0);
        bench.send(NODE_ADDRESS, QOS_1);
        bench.pass(1_000);

        assertThat(bench.limits.octets(NODE_ADDRESS)).isEqualTo(32);
        assertThat(bench.traffic().oversized()).isZero();
    }

    @Test
    void nodeHeardWhileItsStatusIsOverdue_isSentToAgain() {
        radio.air = (address64, address16, payload) -> new Outcome(0, 60_000);
        hear(0, 0x7D84, 0x41);
        bench.pass(50);
        bench.send(NODE_ADDRESS, "04 0D 0001");
        bench.send(NODE_ADDRESS, "04 0D 0002");
        bench.pass(2_000);
        assertThat(bench.sent()).containsExactly("040d0001");

        hear(0, 0x7D84, 0x41);
        bench.pass(50);
        assertThat(bench.sent()).containsExactly("040d0001", "040d0002");
        assertThat(bench.counters().lostStatuses()).isEqualTo(1);
    }

    @Test
    void nodeThatSomethingWasDeliveredTo_goesBeforeStrangers() {
        bench.send(NODE_ADDRESS, "04 0D 0001");
        bench.pass(100);
        radio.air = (address64, address16, payload) -> new Outcome(0x24, 3_000);
        for (int i = 1; i <= 40; i++) {
            bench.send(node(i), PINGRESP);
        }
        bench.send(NODE_ADDRESS, "04 0D 0002");
        bench.pass(500);

        assertThat(bench.sent().indexOf("040d0002")).isEqualTo(3);
    }

    @Test
    void strangersThatDoNotExist_leaveHalfOfTheWindowToOthers() {
        bench.send(NODE_ADDRESS, "04 0D 0001");
        bench.pass(100);
        radio.air = (address64, address16, payload) -> new Outcome(address64 == NODE ? 0 : 0x24, 3_000);
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 20; i++) {
                bench.send(node(100 + 20 * second + i), PINGRESP);
            }
            bench.pass(1_000);
        }
        int before = bench.sent().size();
        bench.send(NODE_ADDRESS, "04 0D 0002");

        assertThat(bench.sent().subList(before, bench.sent().size())).containsExactly("040d0002");
    }
}
