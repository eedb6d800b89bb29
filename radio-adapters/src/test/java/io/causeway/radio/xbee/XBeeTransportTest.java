package io.causeway.radio.xbee;

import io.causeway.radio.LinkAddress;
import io.causeway.radio.LinkState;
import io.causeway.radio.xbee.frame.ReceivePacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.causeway.radio.xbee.Bench.NODE;
import static io.causeway.radio.xbee.Bench.NODE_ADDRESS;
import static io.causeway.radio.xbee.Bench.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class XBeeTransportTest {
    private final RealTimeBench bench = new RealTimeBench();
    private final XBeeTransport transport = new XBeeTransport(Bench.SETTINGS, bench.radio, bench.loop);
    private final List<String> received = new CopyOnWriteArrayList<>();

    private void openAndAwaitUp() {
        transport.open((from, datagram, multicast) -> {
            received.add(from + " " + ByteBufUtil.hexDump(datagram));
            if (datagram.readableBytes() > 2) {
                throw new IllegalStateException("made up");
            }
        });
        await().until(() -> transport.state() instanceof LinkState.Up);
    }

    private static ByteBuf pingresp() {
        return Unpooled.wrappedBuffer(new byte[] {0x02, 0x17});
    }

    @AfterEach
    void close() {
        transport.close();
        bench.close();
    }

    @Test
    void openTransport_carriesDatagramsBothWays() {
        openAndAwaitUp();
        assertThat(transport.endpoints()).containsExactly("/dev/ttyUSB0");

        transport.send(NODE_ADDRESS, pingresp());
        transport.broadcast(pingresp(), 1);
        bench.onLoop(() -> {
            bench.radio.say(new ReceivePacket(NODE, 0x7D84, 1, hex("02 16")));
            return true;
        });
        await().untilAsserted(() -> assertThat(received).containsExactly("0013a20040a1b2c3 0216"));
        await().until(() -> transport.counters().sent() == 2);
        assertThat(transport.nodes()).extracting(XBeeNode::address).containsExactly(NODE_ADDRESS);
        await().until(() -> transport.xbeeCounters().starts() == 1);
    }

    @Test
    void listenerThatFails_costsItsDatagramOnly() {
        openAndAwaitUp();
        bench.onLoop(() -> {
            bench.radio.say(new ReceivePacket(NODE, 0x7D84, 1, hex("03 01 01")));
            bench.radio.say(new ReceivePacket(NODE, 0x7D84, 1, hex("02 16")));
            return true;
        });

        await().until(() -> received.size() == 2);
        assertThat(transport.counters().listenerErrors()).isEqualTo(1);
        assertThat(transport.counters().received()).isEqualTo(2);
    }

    @Test
    void moreThanTheLoopTakes_isDroppedAndCounted() {
        openAndAwaitUp();
        CountDownLatch allSent = new CountDownLatch(1);
        bench.loop.execute(() -> {
            try {
                allSent.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 5_000; i++) {
            transport.send(NODE_ADDRESS, pingresp());
        }

        assertThat(transport.counters().sendOverflows()).isEqualTo(5_000 - 4_096);
        allSent.countDown();
    }

    @Test
    void errorWhileSending_endsNothing() {
        openAndAwaitUp();
        bench.onLoop(() -> {
            bench.radio.air = (address64, address16, payload) -> {
                bench.radio.air = (next64, next16, nextPayload) -> ScriptedRadio.Outcome.DELIVERED;
                throw new StackOverflowError("made up");
            };
            return true;
        });
        transport.send(NODE_ADDRESS, pingresp());
        transport.send(new XBeeAddress.Serial(NODE + 1), pingresp());

        await().until(() -> transport.counters().sent() > 0);
    }

    @Test
    void sender_isToldWhatFits() {
        openAndAwaitUp();
        assertThat(transport.largestDatagramOctets(NODE_ADDRESS)).isEqualTo(84);

        transport.send(NODE_ADDRESS, Unpooled.wrappedBuffer(new byte[85]));
        transport.broadcast(Unpooled.wrappedBuffer(new byte[85]), 0);
        assertThat(transport.counters().oversized()).isEqualTo(2);
    }

    @Test
    void addressOfAnotherTransport_isABug() {
        LinkAddress foreign = new LinkAddress() {
            @Override
            public Object admissionKey() {
                return this;
            }

            @Override
            public String storedForm() {
                return "";
            }

            @Override
            public byte[] octets() {
                return new byte[0];
            }
        };
        assertThatThrownBy(() -> transport.send(foreign, pingresp())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void storedAddress_isFoundBeforeTheLinkIsOpen() {
        assertThat(transport.find(NODE_ADDRESS.storedForm())).contains(NODE_ADDRESS);
        assertThat(transport.find("no address")).isEmpty();
        assertThat(transport.at(NODE_ADDRESS.octets())).contains(NODE_ADDRESS);
        assertThat(transport.at(new byte[3])).isEmpty();
    }

    @Test
    void closedTransport_dropsAndCounts() {
        openAndAwaitUp();
        transport.close();
        transport.close();

        transport.send(NODE_ADDRESS, pingresp());
        assertThat(transport.counters().sendFailures()).isEqualTo(1);
        assertThat(transport.state()).isEqualTo(new LinkState.Down("closed"));
        assertThat(transport.nodes()).isEmpty();
        assertThatThrownBy(() -> transport.open((from, datagram, multicast) -> {}))
                .isInstanceOf(IllegalStateException.class);
    }
}
