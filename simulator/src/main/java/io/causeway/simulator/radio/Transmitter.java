package io.causeway.simulator.radio;

import io.causeway.radio.xbee.frame.ExtendedTransmitStatus;
import io.causeway.radio.xbee.frame.RadioAddresses;
import io.causeway.radio.xbee.frame.RadioFrame;
import io.causeway.radio.xbee.frame.TransmitStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Sends what the gateway wants to be sent, and tells it what became of that. Owned by the thread of the run. */
final class Transmitter {
    /** Numbers of the maker; those of routes and networks do not exist on 802.15.4. */
    private static final int DELIVERED = 0x00;

    private static final int NO_ACKNOWLEDGEMENT = 0x01;
    private static final int CHANNEL_BUSY = 0x02;
    private static final int NOT_FETCHED = 0x03;
    private static final int NO_NETWORK_ACKNOWLEDGEMENT = 0x21;
    private static final int NOT_JOINED = 0x22;
    private static final int ADDRESS_NOT_FOUND = 0x24;
    private static final int NO_ROUTE = 0x25;
    private static final int NO_BUFFER = 0x32;
    private static final int TOO_LARGE = 0x74;
    private static final int NOT_POLLED_FOR = 0x75;
    private static final int[] BY_LOT = {
        NO_ACKNOWLEDGEMENT, CHANNEL_BUSY, NO_NETWORK_ACKNOWLEDGEMENT, ADDRESS_NOT_FOUND, NO_ROUTE, NO_BUFFER
    };

    private static final int ADDRESS_DISCOVERY = 0x01;
    private static final int EXTENDED_TIMEOUT = 0x40;

    /** Of a packet that nobody acknowledges. */
    private static final int ATTEMPTS = 3;

    private static final int DISCOVERY_OCTETS = 10;

    /** Of those that look lost: only their acknowledgement was. */
    private static final double DELIVERED_NEVERTHELESS = 0.3;

    private static final long SEARCH_NANOS = Duration.ofMillis(1_500).toNanos();
    private static final long SHORTEST_HOLD_NANOS = Duration.ofMillis(1_200).toNanos();
    private static final long LONGEST_HOLD_NANOS = Duration.ofSeconds(30).toNanos();
    private static final double HOLD_IN_PERIODS = 1.2;

    private final XBeeConditions conditions;
    private final Air air;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Reports reports;
    private final Set<Integer> owedIds = new HashSet<>();
    private int outstanding;

    /** What is under way at the end of an earlier epoch is forgotten. */
    private int epoch;

    Transmitter(XBeeConditions conditions, Air air, Agenda agenda, SplittableRandom random, Reports reports) {
        this.conditions = conditions;
        this.air = air;
        this.agenda = agenda;
        this.random = random;
        this.reports = reports;
    }

    /** Whether a status with this id is still to come. */
    boolean owes(int frameId) {
        return owedIds.contains(frameId);
    }

    /** The radio has lost its power, or started again. */
    void forget() {
        epoch++;
        owedIds.clear();
        outstanding = 0;
    }

    /** @param node whom it is for; null if there is none with this address */
    void transmit(Transmission sent, @Nullable Node node, boolean isJoined, long nowNanos) {
        if (!isJoined) {
            end(sent, null, NOT_JOINED, 0, nowNanos);
        } else if (sent.payload().length() > conditions.largestPayloadOctets()) {
            end(sent, null, TOO_LARGE, 0, nowNanos);
        } else if (sent.isBroadcast()) {
            broadcast(sent, nowNanos);
        } else if (outstanding >= conditions.buffers()) {
            end(sent, null, NO_BUFFER, 0, nowNanos);
        } else {
            unicast(sent, node, nowNanos);
        }
    }

    /** The sensors know their gateway, so nobody listens; but it takes its time. */
    private void broadcast(Transmission sent, long nowNanos) {
        OptionalLong sentNanos = air.send(sent.payload().length(), ATTEMPTS, nowNanos);
        end(sent, null, DELIVERED, 0, sentNanos.orElse(nowNanos));
    }

    private void unicast(Transmission sent, @Nullable Node node, long nowNanos) {
        boolean isAtItsOldAddress = node != null
                && sent.destination16() != RadioAddresses.UNKNOWN_16
                && node.hadAddress(sent.destination16());
        if (node == null || node.isGone() || isAtItsOldAddress) {
            end(sent, null, ADDRESS_NOT_FOUND, ADDRESS_DISCOVERY, nowNanos + SEARCH_NANOS);
            return;
        }
        if (random.nextDouble() < conditions.failedStatuses()) {
            int status = BY_LOT[random.nextInt(BY_LOT.length)];
            end(sent, null, status, 0, nowNanos + air.latencyNanos());
            return;
        }
        int discovery = discover(node, nowNanos);
        boolean isLost = air.losesOne();
        OptionalLong sentNanos = air.send(sent.payload().length(), isLost ? ATTEMPTS : 1, nowNanos);
        if (sentNanos.isEmpty()) {
            end(sent, null, CHANNEL_BUSY, discovery, nowNanos + air.latencyNanos());
        } else if (conditions.polling().isZero()) {
            arrive(sent, node, isLost, discovery, sentNanos.getAsLong() + air.latencyNanos());
        } else {
            holdForSleeper(sent, node, isLost, discovery, sentNanos.getAsLong());
        }
    }

    /** What the radio does not know it asks all for. */
    private int discover(Node node, long nowNanos) {
        if (conditions.family() != Family.ZIGBEE || node.isResolved()) {
            return 0;
        }
        air.send(DISCOVERY_OCTETS, ATTEMPTS, nowNanos);
        node.resolve();
        return ADDRESS_DISCOVERY;
    }

    private void arrive(Transmission sent, Node node, boolean isLost, int discovery, long soonestNanos) {
        long nanos = node.afterTold(soonestNanos);
        if (!isLost || random.nextDouble() < DELIVERED_NEVERTHELESS) {
            deliver(sent, node, nanos);
        }
        end(sent, node, isLost ? NO_NETWORK_ACKNOWLEDGEMENT : DELIVERED, discovery, nanos);
    }

    /** Its neighbour keeps a message until the node asks for it, but not for long. */
    private void holdForSleeper(Transmission sent, Node node, boolean isLost, int discovery, long heldNanos) {
        long periodNanos = conditions.polling().toNanos();
        if (isLost) {
            long holdNanos = (long) (periodNanos * HOLD_IN_PERIODS);
            long nanos =
                    node.afterTold(heldNanos + Math.min(LONGEST_HOLD_NANOS, Math.max(SHORTEST_HOLD_NANOS, holdNanos)));
            int status = random.nextBoolean() ? NOT_POLLED_FOR : NO_NETWORK_ACKNOWLEDGEMENT;
            end(sent, node, status, discovery, nanos);
        } else {
            long nanos = node.afterTold(heldNanos + random.nextLong(periodNanos) + air.latencyNanos());
            deliver(sent, node, nanos);
            end(sent, node, DELIVERED, discovery | EXTENDED_TIMEOUT, nanos);
        }
    }

    /** The packet is on the air: whatever happens to the gateway's radio now, it arrives. */
    private void deliver(Transmission sent, Node node, long nanos) {
        agenda.at(nanos, now -> {
            if (!node.isGone()) {
                ByteBuf datagram = Unpooled.buffer(sent.payload().length());
                sent.payload().writeTo(datagram);
                node.sensor.onDatagram(datagram, now);
            }
        });
    }

    private void end(Transmission sent, @Nullable Node node, int status, int discovery, long nanos) {
        int begun = epoch;
        outstanding++;
        if (sent.frameId() != 0) {
            owedIds.add(sent.frameId());
        }
        agenda.at(nanos, now -> {
            if (epoch != begun) {
                return;
            }
            outstanding--;
            owedIds.remove(sent.frameId());
            if (sent.frameId() != 0 && random.nextDouble() >= conditions.lostStatuses()) {
                reports.tell(frame(sent.frameId(), node, status, discovery), now);
            }
        });
    }

    private RadioFrame frame(int frameId, @Nullable Node node, int status, int discovery) {
        return switch (conditions.family()) {
            case IEEE_802_15_4 -> new TransmitStatus(frameId, withoutNetwork(status));
            case DIGIMESH ->
                new ExtendedTransmitStatus(
                        frameId, RadioAddresses.UNKNOWN_16, 0, status, discovery & ~ADDRESS_DISCOVERY);
            case ZIGBEE -> {
                int address16 = status == DELIVERED && node != null ? node.address16() : RadioAddresses.FAILED_16;
                yield new ExtendedTransmitStatus(frameId, address16, 0, status, discovery);
            }
        };
    }

    private static int withoutNetwork(int status) {
        return switch (status) {
            case DELIVERED, CHANNEL_BUSY, TOO_LARGE -> status;
            case NOT_POLLED_FOR -> NOT_FETCHED;
            case NO_BUFFER -> CHANNEL_BUSY;
            default -> NO_ACKNOWLEDGEMENT;
        };
    }

    /** Takes what the gateway is to be told. */
    @FunctionalInterface
    interface Reports {
        void tell(RadioFrame frame, long nowNanos);
    }
}
