package io.causeway.gateway.e2e;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.TopicIdType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A publisher that counts, one message after the other, and repeats each until it is acknowledged, whatever becomes of the
 * gateway. It connects and registers its topic once, and again only if it is told that it must.
 */
final class CrashSensor implements Runnable {
    private static final int KEEP_ALIVE_SECONDS = 600;
    private static final int MAX_MSG_ID = 0xFFFF;

    private final String clientId;
    private final Qos qos;
    private final boolean cleanSession;
    private final InetSocketAddress gateway;
    private final Ledger ledger;
    private volatile boolean stopping;
    private int lastMsgId;
    private int topicId;

    CrashSensor(String clientId, Qos qos, boolean cleanSession, InetSocketAddress gateway, Ledger ledger) {
        this.clientId = clientId;
        this.qos = qos;
        this.cleanSession = cleanSession;
        this.gateway = gateway;
        this.ledger = ledger;
    }

    /** The gateway does not know the client. */
    private static final class NotConnected extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Finishes the message that is under way, and ends. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try (CrashSocket socket = new CrashSocket(gateway)) {
            begin(socket);
            for (int number = 1; !stopping; number++) {
                publish(socket, number);
            }
        } catch (IOException e) {
            throw new IllegalStateException(clientId + " has failed", e);
        }
    }

    private void begin(CrashSocket socket) throws IOException {
        while (true) {
            try {
                ask(socket, dup -> new Connect(false, cleanSession, 1, KEEP_ALIVE_SECONDS, clientId), ConnAck.class);
                int msgId = nextMsgId();
                RegAck answer = ask(socket, dup -> new Register(0, msgId, "crash/" + clientId), RegAck.class);
                topicId = answer.topicId();
                if (answer.returnCode() == ReturnCode.ACCEPTED) {
                    return;
                }
            } catch (NotConnected again) {
                ledger.connectedAgain();
            }
        }
    }

    private void publish(CrashSocket socket, int number) throws IOException {
        Octets payload = Octets.utf8(Ledger.payload(clientId, number));
        boolean done = false;
        while (!done) {
            int msgId = nextMsgId();
            try {
                done = offer(socket, msgId, payload, number);
            } catch (NotConnected again) {
                ledger.connectedAgain();
                begin(socket);
            }
        }
    }

    /** False if it was refused. */
    private boolean offer(CrashSocket socket, int msgId, Octets payload, int number) throws IOException, NotConnected {
        IntFunction<Packet> publish =
                round -> new Publish(round > 0, qos, false, TopicIdType.NORMAL, topicId, msgId, payload);
        if (qos == Qos.AT_LEAST_ONCE) {
            PubAck answer = ask(socket, publish, PubAck.class);
            return settle(socket, answer, number);
        }
        Packet answer = askForOneOf(socket, publish, msgId);
        if (answer instanceof PubAck refusal) {
            return settle(socket, refusal, number);
        }
        ledger.acknowledged(clientId, number);
        try {
            ask(socket, round -> new PubRel(msgId), PubComp.class);
        } catch (NotConnected forgotten) {
            ledger.connectedAgain();
            begin(socket);
        }
        return true;
    }

    private boolean settle(CrashSocket socket, PubAck answer, int number) throws IOException {
        switch (answer.returnCode()) {
            case ACCEPTED -> ledger.acknowledged(clientId, number);
            case INVALID_TOPIC_ID -> {
                ledger.connectedAgain();
                begin(socket);
            }
            case CONGESTION, NOT_SUPPORTED -> socket.receive(); // a pause
        }
        return answer.returnCode() == ReturnCode.ACCEPTED;
    }

    private Packet askForOneOf(CrashSocket socket, IntFunction<Packet> request, int msgId)
            throws IOException, NotConnected {
        for (int round = 0; ; round++) {
            socket.send(request.apply(round));
            for (Optional<Packet> each = socket.receive(); each.isPresent(); each = socket.receive()) {
                Packet packet = each.get();
                requireConnected(packet);
                boolean answers = (packet instanceof PubRec received && received.msgId() == msgId)
                        || (packet instanceof PubAck refusal && refusal.msgId() == msgId);
                if (answers) {
                    return packet;
                }
            }
        }
    }

    private <T extends Packet> T ask(CrashSocket socket, IntFunction<Packet> request, Class<T> answer)
            throws IOException, NotConnected {
        for (int round = 0; ; round++) {
            Packet sent = request.apply(round);
            socket.send(sent);
            for (Optional<Packet> each = socket.receive(); each.isPresent(); each = socket.receive()) {
                requireConnected(each.get());
                if (answer.isInstance(each.get()) && isAnswer(each.get(), sent)) {
                    return answer.cast(each.get());
                }
            }
        }
    }

    private void requireConnected(Packet packet) throws NotConnected {
        if (packet instanceof Disconnect) {
            throw new NotConnected();
        }
    }

    private static boolean isAnswer(Packet answer, Packet request) {
        return (answer instanceof ConnAck accepted && accepted.returnCode() == ReturnCode.ACCEPTED)
                || (answer instanceof RegAck known
                        && request instanceof Register asked
                        && known.msgId() == asked.msgId())
                || (answer instanceof PubAck has && request instanceof Publish sent && has.msgId() == sent.msgId())
                || (answer instanceof PubComp done && request instanceof PubRel asked && done.msgId() == asked.msgId());
    }

    private int nextMsgId() {
        lastMsgId = lastMsgId == MAX_MSG_ID ? 1 : lastMsgId + 1;
        return lastMsgId;
    }
}
