package io.causeway.radio.xbee;

import io.causeway.radio.LinkMeter;
import io.causeway.radio.xbee.frame.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static io.causeway.radio.xbee.Bench.NODE_ADDRESS;
import static io.causeway.radio.xbee.Bench.SETTINGS;
import static io.causeway.radio.xbee.Bench.hex;
import static org.assertj.core.api.Assertions.assertThat;

/** What may grow, and how far. */
class BoundsTest {
    private static Node node(int number) {
        return new Node(new XBeeAddress.Serial(number));
    }

    @Test
    void octetsThatWaitForAllNodes_areBounded() {
        Backlog backlog = new Backlog();
        Octets large = Octets.of(new byte[1_024]);
        int waiting = 0;
        for (int i = 0; i < 1_000; i++) {
            Transmission next = new Transmission(node(i), large, 0, 0);
            if (backlog.hasRoomFor(next)) {
                backlog.onAdded(next);
                waiting++;
            }
        }

        assertThat(waiting).isEqualTo(256);
    }

    @Test
    void fullTable_forgetsOnlyNodesThatNothingWaitsFor() {
        NodeTable table = new NodeTable();
        Node waitedFor = table.of(NODE_ADDRESS);
        waitedFor.queue.add(new Transmission(waitedFor, hex("02 17"), 0, 0));
        Node idle = table.of(new XBeeAddress.Serial(0));
        for (int i = 1; i <= NodeTable.MOST_NODES; i++) {
            table.of(new XBeeAddress.Serial(i));
        }

        assertThat(table.size()).isEqualTo(NodeTable.MOST_NODES);
        assertThat(table.of(NODE_ADDRESS)).isSameAs(waitedFor);
        assertThat(table.of(new XBeeAddress.Serial(0))).isNotSameAs(idle);
    }

    @Test
    void transmissionsWithoutAStatus_leaveFrameIdsForOthers() {
        UnderWay underWay = new UnderWay(new FrameIds(), new Window(8));
        long nowNanos = 0;
        int begun = 0;
        while (begun < 300 && underWay.hasRoom(nowNanos)) {
            underWay.begin(new Transmission(node(begun++), hex("02 17"), 0, nowNanos), nowNanos);
            nowNanos += 1_000_000_000L;
        }

        assertThat(begun).isEqualTo(64);
    }

    @Test
    void nodeThatIsMisconfigured_isToldOfOnce() {
        List<Integer> frameIds = new ArrayList<>();
        List<XBeeAddress> told = new ArrayList<>();
        Transmissions.Radio radio = new Transmissions.Radio() {
            @Override
            public boolean transmit(Transmission transmission) {
                return frameIds.add(transmission.frameId);
            }

            @Override
            public void onRefusedUnjoined() {}

            @Override
            public void onAccepted() {}

            @Override
            public void onMisconfigured(XBeeAddress node, int statusCode) {
                told.add(node);
            }
        };
        Transmissions transmissions = new Transmissions(
                SETTINGS,
                radio,
                new FrameIds(),
                new PayloadLimits(SETTINGS),
                new LinkMeter(),
                new XBeeMeter(),
                new SplittableRandom(1));
        transmissions.open(0);
        Node node = node(1);
        for (int i = 0; i < 3; i++) {
            transmissions.add(node, hex("02 17"), 0);
            transmissions.onStatus(frameIds.get(i), 0x15, 0xFFFE, 0);
        }

        assertThat(told).containsExactly(node.address);
    }
}
