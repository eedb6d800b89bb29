package io.causeway.simulator.load;

import io.causeway.timer.TimerWheel;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The clients of a run, each with a socket of its own. Owned by the thread of the run. */
final class Fleet implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(10);

    /** Handshakes under way at once, so that setting up loses no datagrams. */
    private static final int CONNECT_WINDOW = 64;

    /** More that begin to publish, or say goodbye, at once would overflow the gateway's receive buffer. */
    private static final int CLIENTS_PER_TURN = 64;

    private final LoadPlan plan;
    private final Ledger ledger;
    private final PacketIo io = new PacketIo();
    private final TimerWheel wheel = new TimerWheel(TICK, System.nanoTime());
    private final List<FleetClient> clients = new ArrayList<>();
    private Schedule schedule = Schedule.NOTHING;
    private Consumer<FleetClient> order = client -> {};
    private int told;
    private int started;
    private int ready;
    private int left;

    private Fleet(LoadPlan plan, Ledger ledger) {
        this.plan = plan;
        this.ledger = ledger;
    }

    /**
     * Opens all sockets; nothing is sent yet.
     *
     * @param name of the run: client ids and topics begin with it
     * @throws IOException if the system does not give that many sockets
     */
    static Fleet open(LoadPlan plan, String name, Ledger ledger, Selector selector) throws IOException {
        Fleet fleet = new Fleet(plan, ledger);
        try {
            for (int index = 0; index < plan.clients(); index++) {
                fleet.add(index, name, selector);
            }
            return fleet;
        } catch (IOException e) {
            fleet.close();
            throw new IOException(
                    "only " + fleet.clients.size() + " of " + plan.clients() + " sockets: " + e.getMessage()
                            + " (see ulimit -n)",
                    e);
        }
    }

    private void add(int index, String name, Selector selector) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        FleetClient client = new FleetClient(this, index, name + "-" + index, name + "/" + index, channel);
        clients.add(client);
        channel.configureBlocking(false);
        channel.connect(plan.gateway());
        channel.register(selector, SelectionKey.OP_READ, client);
    }

    LoadPlan plan() {
        return plan;
    }

    Ledger ledger() {
        return ledger;
    }

    PacketIo io() {
        return io;
    }

    TimerWheel wheel() {
        return wheel;
    }

    /** Begins with the first clients; the others follow as these are ready. */
    void connect(long nowNanos) {
        for (int first = 0; first < Math.min(CONNECT_WINDOW, clients.size()); first++) {
            connectNext(nowNanos);
        }
    }

    private void connectNext(long nowNanos) {
        if (started < clients.size()) {
            clients.get(started++).goOn(nowNanos);
        }
    }

    /** How many have been connected and registered. */
    int ready() {
        return ready;
    }

    /** From now on this decides who publishes when. */
    void follow(Schedule newSchedule) {
        schedule = newSchedule;
        tellEach(client -> {
            if (client.isIdle()) {
                onIdle(client);
            }
        });
    }

    /** Whether nobody waits for an acknowledgement. */
    boolean isIdle() {
        return clients.stream().allMatch(FleetClient::isIdle);
    }

    /** Each says goodbye. */
    void leave() {
        tellEach(client -> client.leave(System.nanoTime()));
    }

    boolean hasLeft() {
        return left == clients.size();
    }

    /** Does what is due. */
    void turn(long nowNanos) {
        wheel.advance(nowNanos);
        tellNext();
        schedule.publishDue(nowNanos);
    }

    private void tellEach(Consumer<FleetClient> newOrder) {
        order = newOrder;
        told = 0;
    }

    private void tellNext() {
        int end = Math.min(clients.size(), told + CLIENTS_PER_TURN);
        while (told < end) {
            order.accept(clients.get(told++));
        }
    }

    /** A client is connected and registered for the first time. */
    void onReady() {
        ready++;
        connectNext(System.nanoTime());
    }

    /** A client has nothing under way. */
    void onIdle(FleetClient client) {
        schedule.onIdle(client, System.nanoTime());
    }

    void onLeft() {
        left++;
    }

    @Override
    public void close() throws IOException {
        for (FleetClient client : clients) {
            client.close();
        }
        io.close();
    }
}
