package io.causeway.invariants;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.harness.TestAddress;
import io.causeway.harness.TestGateway;
import io.causeway.session.NetworkIdentity;
import io.causeway.testkit.LinkQuality;
import io.causeway.testkit.SeededNetwork;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One client, where it is, and its link to the gateway in both directions. */
final class Station {
    private final ModelClient client;
    private final String host;
    private final Dice dice;
    private final Journal journal;
    private SeededNetwork<Datagram> up;
    private SeededNetwork<Datagram> down;
    private LinkQuality quality;
    private int port = 1;
    private long now;

    /** @param client where it is from or for, at the client's side of the link */
    private record Datagram(NetworkIdentity client, Octets octets) {
        @Override
        public String toString() {
            return client + " " + decode(octets);
        }
    }

    Station(int number, int messages, Dice dice, Journal journal) {
        String clientId = "client" + number;
        this.host = "host" + number;
        this.dice = dice;
        this.journal = journal;
        ModelPublisher publisher = new ModelPublisher(clientId, dice.split(), messages);
        this.client = new ModelClient(clientId, dice.habits(), dice.split(), publisher, dice.filters(), this::send);
        this.quality = dice.quality();
        this.up = new SeededNetwork<>(dice.seed(), quality);
        this.down = new SeededNetwork<>(dice.seed(), quality);
    }

    ModelClient client() {
        return client;
    }

    void become(LinkQuality newQuality) {
        quality = newQuality;
        up.become(newQuality);
        down.become(newQuality);
    }

    /** The client is at a new address from now on. */
    void move() {
        port++;
    }

    void loseWhatIsUnderWay() {
        up = new SeededNetwork<>(dice.seed(), quality);
        down = new SeededNetwork<>(dice.seed(), quality);
    }

    /** When something happens here next. */
    long nextNanos() {
        long next = client.nextActNanos();
        next = Math.min(next, up.nextDueNanos().orElse(Long.MAX_VALUE));
        return Math.min(next, down.nextDueNanos().orElse(Long.MAX_VALUE));
    }

    /**
     * What has arrived at either end, and what the client does of itself.
     *
     * @param gateway null if there is none now: what arrives there is lost
     */
    void advanceTo(long nowNanos, @Nullable TestGateway gateway) {
        now = nowNanos;
        up.deliverDue(now, datagram -> {
            if (gateway != null) {
                journal.add(now, "gateway <- ", datagram);
                gateway.receive(datagram.client(), datagram.octets().asByteBuf());
            }
        });
        down.deliverDue(now, this::receive);
        if (client.nextActNanos() <= now) {
            client.act(now);
        }
    }

    /** Something leaves the gateway; for this client, or else for nobody. */
    void fromGateway(NetworkIdentity to, ByteBuf datagram, long nowNanos) {
        if (to.equals(address())) {
            Datagram sent = new Datagram(to, Octets.copyOf(datagram));
            journal.add(nowNanos, "gateway -> ", sent);
            down.send(sent, nowNanos);
        }
    }

    private NetworkIdentity address() {
        return new TestAddress(host, port);
    }

    private void send(Packet packet) {
        Datagram sent = new Datagram(address(), PacketCodec.encode(packet));
        journal.add(now, "client  -> ", sent);
        up.send(sent, now);
    }

    /** What is for an address that the client has left does not reach it. */
    private void receive(Datagram datagram) {
        if (datagram.client().equals(address())) {
            journal.add(now, "client  <- ", datagram);
            client.onPacket(decode(datagram.octets()), now);
        }
    }

    private static Packet decode(Octets octets) {
        try {
            return PacketCodec.decode(octets.asByteBuf(), Leniency.STRICT);
        } catch (MalformedPacketException ours) {
            throw new AssertionError("no packet: " + octets.toHex(), ours);
        }
    }
}
