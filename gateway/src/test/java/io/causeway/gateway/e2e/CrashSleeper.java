package io.causeway.gateway.e2e;

import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A subscriber that sleeps, wakes for its messages, and sleeps again, whatever becomes of the gateway. */
final class CrashSleeper implements Runnable {
    private static final int SLEEP_SECONDS = 600;

    private final String clientId;
    private final InetSocketAddress gateway;
    private final Ledger ledger;
    private final Map<Integer, String> unreleased = new HashMap<>();
    private volatile boolean subscribed;
    private volatile boolean stopping;

    CrashSleeper(String clientId, InetSocketAddress gateway, Ledger ledger) {
        this.clientId = clientId;
        this.gateway = gateway;
        this.ledger = ledger;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try (CrashSocket socket = new CrashSocket(gateway)) {
            begin(socket);
            while (!stopping) {
                if (!converse(socket, new PingReq(clientId), PingResp.class)) {
                    ledger.connectedAgain();
                    begin(socket);
                }
                socket.receive().ifPresent(packet -> {}); // asleep for a while, and deaf
            }
        } catch (IOException e) {
            throw new IllegalStateException(clientId + " has failed", e);
        }
    }

    private void begin(CrashSocket socket) throws IOException {
        boolean asleep = false;
        while (!asleep) {
            asleep = converse(socket, new Connect(false, false, 1, SLEEP_SECONDS, clientId), ConnAck.class)
                    && converse(
                            socket, new Subscribe(false, Qos.EXACTLY_ONCE, 1, new Topic.Name("crash/#")), SubAck.class)
                    && sleep(socket);
        }
        subscribed = true;
    }

    private boolean sleep(CrashSocket socket) throws IOException {
        converse(socket, new Disconnect(SLEEP_SECONDS), Disconnect.class);
        return true;
    }

    /** Repeats the request and answers what comes, until its answer comes; false if the gateway does not know us. */
    private boolean converse(CrashSocket socket, Packet request, Class<? extends Packet> answer) throws IOException {
        while (true) {
            socket.send(request);
            for (Optional<Packet> each = socket.receive(); each.isPresent(); each = socket.receive()) {
                Packet packet = each.get();
                if (answer.isInstance(packet) && !isRefusal(packet)) {
                    return true;
                }
                if (packet instanceof Disconnect) {
                    return false;
                }
                serve(socket, packet);
            }
        }
    }

    private static boolean isRefusal(Packet packet) {
        return (packet instanceof ConnAck connAck && connAck.returnCode() != ReturnCode.ACCEPTED)
                || (packet instanceof SubAck subAck && subAck.returnCode() != ReturnCode.ACCEPTED);
    }

    private void serve(CrashSocket socket, Packet packet) throws IOException {
        if (packet instanceof Register register) {
            socket.send(new RegAck(register.topicId(), register.msgId(), ReturnCode.ACCEPTED));
        } else if (packet instanceof Publish publish && publish.qos() == Qos.AT_LEAST_ONCE) {
            ledger.received(clientId, textOf(publish));
            socket.send(new PubAck(publish.topicId(), publish.msgId(), ReturnCode.ACCEPTED));
        } else if (packet instanceof Publish publish && publish.qos() == Qos.EXACTLY_ONCE) {
            unreleased.putIfAbsent(publish.msgId(), textOf(publish));
            socket.send(new PubRec(publish.msgId()));
        } else if (packet instanceof PubRel release) {
            String text = unreleased.remove(release.msgId());
            if (text != null) {
                ledger.received(clientId, text);
            }
            socket.send(new PubComp(release.msgId()));
        }
    }

    private static String textOf(Publish publish) {
        return new String(publish.data().toByteArray(), StandardCharsets.UTF_8);
    }
}
