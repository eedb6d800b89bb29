package io.causeway.forwarder;

import io.causeway.codec.v12.Packet;
import io.causeway.radio.LinkAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gateways by name, in the order of preference. The first is in use until it is given up, then the next, and after the
 * last the first again: going back while the one in use answers would cost every device its session.
 */
final class ListedGateways implements GatewayChoice {
    /** How long a name is believed. */
    static final Duration REFRESH = Duration.ofMinutes(5);

    /** How soon a name that is not known is looked up again; where there are several, once none of them is known. */
    static final Duration RETRY = Duration.ofSeconds(5);

    private final List<InetSocketAddress> names;
    private final Resolver resolver;
    private int index;
    private int currentIndex;
    private @Nullable LinkAddress current;
    private boolean resolving;
    private boolean givenUp;
    private int unknownInARow;
    private long resolveNanos;

    /** Looks names up without keeping the loop waiting. */
    @FunctionalInterface
    interface Resolver {
        /** @param answer called once, on the loop */
        void resolve(InetSocketAddress name, Answer answer);

        /** Takes what a name stands for. */
        @FunctionalInterface
        interface Answer {
            /** @param found none if the name is not known, or nobody can be asked */
            void on(List<LinkAddress> found, long nowNanos);
        }
    }

    /** @param names unresolved, at least one */
    ListedGateways(List<InetSocketAddress> names, Resolver resolver) {
        this.names = List.copyOf(names);
        this.resolver = resolver;
    }

    @Override
    public void start(long nowNanos) {
        resolve(nowNanos);
    }

    @Override
    public Optional<LinkAddress> current() {
        return Optional.ofNullable(current);
    }

    @Override
    public String name() {
        return text(names.get(current == null ? index : currentIndex));
    }

    private static String text(InetSocketAddress name) {
        String host = name.getHostString();
        return "udp://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + name.getPort();
    }

    @Override
    public String whyNone() {
        String all = names.stream().map(ListedGateways::text).collect(Collectors.joining(" or "));
        boolean areUnknown = unknownInARow >= names.size();
        return "the address of " + all + (areUnknown ? " cannot be found out" : " is being looked up");
    }

    @Override
    public void onTick(long nowNanos) {
        if (!resolving && nowNanos - resolveNanos >= 0) {
            resolve(nowNanos);
        }
    }

    @Override
    public boolean onPacket(LinkAddress from, Packet packet, long nowNanos) {
        return false;
    }

    /** Where there is one name only, its next address is used. */
    @Override
    public void giveUp(long nowNanos) {
        givenUp = true;
        unknownInARow = 0;
        index = (index + 1) % names.size();
        resolveNanos = nowNanos;
        onTick(nowNanos);
    }

    private void resolve(long nowNanos) {
        int asked = index;
        resolving = true;
        resolveNanos = nowNanos + REFRESH.toNanos();
        resolver.resolve(names.get(asked), (found, later) -> {
            resolving = false;
            if (asked != index) {
                resolve(later);
            } else {
                onResolved(found, later);
            }
        });
    }

    private void onResolved(List<LinkAddress> found, long nowNanos) {
        if (found.isEmpty()) {
            onUnknown(nowNanos);
            return;
        }
        int former = current == null ? -1 : found.indexOf(current);
        if (former < 0 || givenUp) {
            current = found.get((former + 1) % found.size());
            currentIndex = index;
        }
        givenUp = false;
        unknownInARow = 0;
    }

    private void onUnknown(long nowNanos) {
        resolveNanos = nowNanos + RETRY.toNanos();
        if (current != null && !givenUp) {
            return;
        }
        index = (index + 1) % names.size();
        unknownInARow++;
        if (unknownInARow % names.size() != 0) {
            resolve(nowNanos);
        }
    }
}
