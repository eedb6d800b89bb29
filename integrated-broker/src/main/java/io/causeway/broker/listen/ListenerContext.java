package io.causeway.broker.listen;

import io.causeway.access.Authenticator;
import io.causeway.broker.session.AssignedClientIds;
import io.causeway.broker.session.BrokerCounters;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.Executor;

/** What listeners need of the broker that they let clients into. Safe for many threads. */
public interface ListenerContext {
    /** The loops of all shards; connections are accepted on any of them. */
    EventLoopGroup group();

    ShardOf ownerOf(String clientId);

    Authenticator authenticator();

    /** Where passwords are checked and the arithmetic of TLS is done; bounded: it rejects what it cannot do soon. */
    Executor authentication();

    BrokerCounters counters();

    /** For clients without an id of their own. */
    AssignedClientIds assignedClientIds();
}
