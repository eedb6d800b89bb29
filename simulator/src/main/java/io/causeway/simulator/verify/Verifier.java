package io.causeway.simulator.verify;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.network.SocketLoop;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/**
 * A client of the broker with a persistent session, so that nothing is lost for it while it is away, and a subscription of
 * QoS 1: what the broker repeats after an interruption is marked as a duplicate, and so can be told from what the gateway
 * has sent twice. Commands go over a second connection, without a session.
 *
 * <p>It lives on the loop of the run, and reads no faster than the run takes what it has read. A broker keeps a limited
 * number of messages for who is slow, and then drops: {@link #doubt} tells, as far as it can be known. Owned by the thread
 * of the run.
 */
public final class Verifier implements AutoCloseable {
    private final Arrivals arrivals;
    private final Outbox outbox;

    private Verifier(Arrivals arrivals, Outbox outbox) {
        this.arrivals = arrivals;
        this.outbox = outbox;
    }

    /**
     * Connects and subscribes, and waits for both answers.
     *
     * @param loop     has to run for anything to happen
     * @param clientId of its own, also for a later run
     * @param filters  what is to be seen; {@code +} is the only wildcard
     * @throws IOException if the broker is away or refuses; the message says so
     */
    public static Verifier connect(SocketLoop loop, BrokerTarget broker, String clientId, Collection<String> filters)
            throws IOException {
        try {
            Verifier verifier = new Verifier(
                    new Arrivals(loop, broker, clientId, filters), new Outbox(loop, broker, clientId + "-commands"));
            verifier.open();
            return verifier;
        } catch (IOException e) {
            throw new IOException("cannot verify at the broker " + broker + ": " + e.getMessage(), e);
        }
    }

    private void open() throws IOException {
        try {
            arrivals.open();
            outbox.open();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Tells what has come since the last time. Also connects again after an interruption, so it is to be called every now
     * and then.
     */
    public void drain(ArrivalListener listener) {
        arrivals.drain(listener);
        outbox.maintain();
    }

    /**
     * Sends a command to a sensor, as soon as there is a connection and not much else under way. One that is under way when
     * the connection is lost is not sent again: whether the broker has it, nobody knows.
     *
     * @param qos          0, 1 or 2
     * @param whenAccepted run when the broker has acknowledged it, not within this call; never at QoS 0
     * @return false if too many wait: it is not sent
     */
    public boolean send(String topic, Octets payload, Qos qos, Runnable whenAccepted) {
        return outbox.add(new Outbox.Command(topic, payload, qos, whenAccepted));
    }

    /** Whether there are commands that the broker may still accept: neither those of QoS 0 nor those that were lost. */
    public boolean isSending() {
        return outbox.isSending();
    }

    /** Why there is no connection now; it is tried again every second. */
    public Optional<String> trouble() {
        return arrivals.trouble().or(outbox::trouble);
    }

    /** How often the connection over which messages arrive was lost. */
    public int interruptions() {
        return arrivals.interruptions();
    }

    /**
     * Why something that is missing may have been lost by the broker, and not by the gateway. Mosquitto tells of what it has
     * dropped every ten seconds only.
     */
    public Optional<String> doubt() {
        return arrivals.doubt();
    }

    /** Whether this broker tells what it has dropped. */
    public boolean tellsLosses() {
        return arrivals.tellsLosses();
    }

    /** Says goodbye, and has the broker delete the session. */
    @Override
    public void close() {
        arrivals.close();
        outbox.close();
    }
}
