package io.causeway.radio.xbee;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the radio has and has not told the outcome of, by frame id. Owned by the loop. */
final class UnderWay {
    /** Those included that sleeping nodes have not fetched yet, and those whose status is overdue. */
    private static final int MOST = 64;

    private final FrameIds ids;
    private final Window window;
    private final Map<Integer, Transmission> byId = new LinkedHashMap<>();

    UnderWay(FrameIds ids, Window window) {
        this.ids = ids;
        this.window = window;
    }

    /** Whether one more may be sent: only those count that have not been under way for unusually long. */
    boolean hasRoom(long nowNanos) {
        long patienceNanos = window.patienceNanos();
        int counted = 0;
        for (Transmission each : byId.values()) {
            counted += nowNanos - each.sentNanos < patienceNanos ? 1 : 0;
        }
        return counted < window.size() && byId.size() < MOST;
    }

    /** Whether half of the room is not taken by strangers yet. */
    boolean hasRoomForStranger(long nowNanos) {
        long patienceNanos = window.patienceNanos();
        int strangers = 0;
        int counted = 0;
        for (Transmission each : byId.values()) {
            if (!each.node.isProven) {
                strangers++;
                counted += nowNanos - each.sentNanos < patienceNanos ? 1 : 0;
            }
        }
        return counted < Math.max(1, window.size() / 2) && strangers < MOST / 2;
    }

    /** Gives it a frame id. */
    void begin(Transmission transmission, long nowNanos) {
        transmission.frameId = ids.take();
        transmission.sentNanos = nowNanos;
        transmission.node.underWay = transmission;
        byId.put(transmission.frameId, transmission);
    }

    /** @return nothing if there is none with this frame id */
    @Nullable
    Transmission end(int frameId) {
        Transmission transmission = byId.remove(frameId);
        if (transmission != null) {
            ids.free(frameId);
            transmission.node.underWay = null;
        }
        return transmission;
    }

    /** Ends all whose status is not to be expected any more. */
    List<Transmission> endTimedOut(long nowNanos) {
        List<Transmission> timedOut = new ArrayList<>();
        for (Transmission each : byId.values()) {
            if (nowNanos - each.sentNanos >= each.timeOutNanos) {
                timedOut.add(each);
            }
        }
        timedOut.forEach(each -> end(each.frameId));
        return timedOut;
    }

    List<Transmission> endAll() {
        List<Transmission> all = new ArrayList<>(byId.values());
        all.forEach(each -> end(each.frameId));
        return all;
    }
}
