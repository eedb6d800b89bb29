package io.causeway.bridge;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Makes connections to one broker, all alike. Immutable. */
final class BrokerSockets {
    private final BrokerAddress address;
    private final TlsSettings tls;
    private final @Nullable SSLContext context;
    private final int timeoutMillis;

    /** @throws IllegalArgumentException if a file of the TLS settings cannot be used */
    BrokerSockets(AggregatingSettings settings) {
        this.address = BrokerAddress.of(settings.broker());
        this.tls = settings.tls();
        this.context = address.scheme().isSecure() ? TlsContext.of(tls) : null;
        this.timeoutMillis = (int) settings.timings().connect().toMillis();
    }

    /** One that is not open yet. */
    BrokerSocket next() {
        return new BrokerSocket(address, tls, context, timeoutMillis);
    }
}
