package io.causeway.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.DeliveryTarget;
import io.causeway.store.ChangeLog;
import io.causeway.timer.Timer;
import io.causeway.upstream.Upstream;
import java.util.function.LongConsumer;

/** What a session needs of the shard that owns it. */
interface SessionContext {
    SessionSettings settings();

    Upstream upstream();

    /** Takes what must survive a restart. */
    ChangeLog changes();

    /** What clients may do now; a reload changes it. */
    Authorizer authorizer();

    /** Runs the work on this loop, later; an exception out of it ends this session and nothing else. */
    void post(ClientSession session, LongConsumer work);

    /** Runs the work now; an exception out of it ends this session and nothing else. */
    void run(ClientSession session, LongConsumer work, long nowNanos);

    DeliveryTarget deliveries();

    Counters<Count> counters();

    EventLog log();

    ClientEvents events();

    void arm(Timer timer, long deadlineNanos);

    void disarm(Timer timer);

    /** Hands a will to the upstream, and keeps it until the upstream takes it. */
    void publishWill(Identity client, ApplicationMessage will);

    /** The session has given up its address. */
    void onUnbound(ClientSession session, NetworkIdentity identity, ClientPort port, long nowNanos);

    /** The session is no more. */
    void onEnded(ClientSession session);
}
