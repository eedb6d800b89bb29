package io.causeway.radio.port;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** What a line has told, in its order: {@code up}, {@code down: cause}, or the octets as text. */
final class LineLog implements SerialLineListener {
    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void onUp() {
        events.add("up");
    }

    @Override
    public void onOctets(ByteBuf octets) {
        events.add(octets.toString(US_ASCII));
    }

    @Override
    public void onDown(String cause) {
        events.add("down: " + cause);
    }

    @Override
    public void onLost(int writes) {
        events.add("lost: " + writes);
    }

    List<String> events() {
        return events;
    }
}
