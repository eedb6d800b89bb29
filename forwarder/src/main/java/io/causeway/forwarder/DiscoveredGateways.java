package io.causeway.forwarder;

import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.GwInfo;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.SearchGw;
import io.causeway.radio.LinkAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gateways that make themselves known (1.2 §6.1). The first one found is in use until it has missed {@value #N_ADV} of its
 * own advertisements or is given up; then the next that is known, and if there is none, the network is asked again.
 *
 * <p>A GWINFO with an address is another client's word for a gateway. As the form of that address is nowhere defined,
 * the gateway itself is waited for.
 */
final class DiscoveredGateways implements GatewayChoice {
    /** A gateway that has missed this many advertisements in a row is gone (1.2 §7.2). */
    static final int N_ADV = 3;

    /** The first question is delayed by a random time up to this (1.2 §7.2). */
    static final Duration T_SEARCHGW = Duration.ofSeconds(5);

    /** Between the first and the second question; doubled each time, up to the longest. */
    static final Duration FIRST_INTERVAL = Duration.ofSeconds(5);

    static final Duration LONGEST_INTERVAL = Duration.ofMinutes(2);

    /** No more are kept in mind; of those that do not advertise themselves, the oldest makes room for another. */
    static final int MAX_GATEWAYS = 16;

    /** One hop: what asks for a gateway does not ask the whole world. */
    private static final SearchGw QUESTION = new SearchGw(1);

    private final RandomGenerator random;
    private final Consumer<SearchGw> asker;
    private final List<Active> actives = new ArrayList<>();
    private @Nullable Active current;
    private long askNanos;
    private long intervalNanos;
    private boolean delayed;

    /**
     * @param advertised whether it has said when it advertises itself again; one that has not stays
     * @param endNanos   when it is gone, if it is advertised
     */
    private record Active(int gatewayId, LinkAddress address, boolean advertised, long endNanos) {
        boolean isGone(long nowNanos) {
            return advertised && nowNanos - endNanos >= 0;
        }

        boolean isSameAs(Active other) {
            return gatewayId == other.gatewayId && address.equals(other.address);
        }

        /** A GWINFO does not say when the next ADVERTISE is to come: what was said of that still holds. */
        Active after(Active former) {
            return advertised ? this : former;
        }
    }

    /** @param asker sends a question to the group */
    DiscoveredGateways(RandomGenerator random, Consumer<SearchGw> asker) {
        this.random = random;
        this.asker = asker;
    }

    @Override
    public void start(long nowNanos) {
        search(nowNanos);
    }

    @Override
    public Optional<LinkAddress> current() {
        return Optional.ofNullable(current).map(Active::address);
    }

    @Override
    public String name() {
        return current == null ? "a gateway to be found" : current.gatewayId + " at " + current.address;
    }

    @Override
    public String whyNone() {
        return "no gateway has made itself known";
    }

    @Override
    public void onTick(long nowNanos) {
        actives.removeIf(active -> active.isGone(nowNanos));
        choose(nowNanos);
        if (current == null && nowNanos - askNanos >= 0) {
            asked(nowNanos);
            asker.accept(QUESTION);
        }
    }

    @Override
    public boolean onPacket(LinkAddress from, Packet packet, long nowNanos) {
        if (packet instanceof Advertise advertise) {
            long nanosToNext = Duration.ofSeconds(advertise.durationSeconds()).toNanos();
            enter(new Active(advertise.gwId(), from, nanosToNext > 0, nowNanos + N_ADV * nanosToNext), nowNanos);
            return true;
        }
        if (packet instanceof GwInfo info) {
            if (info.gwAdd().isEmpty()) {
                enter(new Active(info.gwId(), from, false, nowNanos), nowNanos);
            }
            return true;
        }
        if (packet.equals(QUESTION) && delayed) {
            asked(nowNanos); // another client's question is as good as ours
        }
        return packet instanceof SearchGw;
    }

    @Override
    public void giveUp(long nowNanos) {
        actives.removeIf(active -> active.equals(current));
        choose(nowNanos);
    }

    private void enter(Active heard, long nowNanos) {
        for (int i = 0; i < actives.size(); i++) {
            Active former = actives.get(i);
            if (former.isSameAs(heard)) {
                Active still = heard.after(former);
                actives.set(i, still);
                current = former.equals(current) ? still : current;
                return;
            }
        }
        if (actives.size() < MAX_GATEWAYS || makeRoom()) {
            actives.add(heard);
            choose(nowNanos);
        }
    }

    /** Anybody can answer for gateways that are not there, and nothing else would ever end those. */
    private boolean makeRoom() {
        for (Active active : actives) {
            if (!active.advertised && !active.equals(current)) {
                return actives.remove(active);
            }
        }
        return false;
    }

    private void choose(long nowNanos) {
        if (current != null && actives.contains(current)) {
            return;
        }
        boolean isLost = current != null;
        current = actives.isEmpty() ? null : actives.get(0);
        if (current == null && isLost) {
            search(nowNanos);
        }
    }

    private void search(long nowNanos) {
        delayed = true;
        askNanos = nowNanos + random.nextLong(T_SEARCHGW.toNanos());
        intervalNanos = FIRST_INTERVAL.toNanos();
    }

    private void asked(long nowNanos) {
        delayed = false;
        askNanos = nowNanos + intervalNanos;
        intervalNanos = Math.min(2 * intervalNanos, LONGEST_INTERVAL.toNanos());
    }
}
