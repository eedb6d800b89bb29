package io.causeway.radio.serial;

import io.causeway.radio.port.SerialLine;
import io.causeway.radio.port.SerialLineListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line that keeps what is written to it, and tells what the test lets happen, on the event loop and before it returns. */
final class MadeUpLine implements SerialLine {
    final List<String> written = new ArrayList<>();
    boolean isFull;
    boolean isClosed;
    private final EventExecutor loop;
    private @Nullable SerialLineListener listener;
    private boolean isUp;

    MadeUpLine(EventExecutor loop) {
        this.loop = loop;
    }

    void comeUp() throws Exception {
        isUp = true;
        loop.submit(() -> opened().onUp()).get();
    }

    void goDown(String cause) throws Exception {
        isUp = false;
        loop.submit(() -> opened().onDown(cause)).get();
    }

    void lose(int writes) throws Exception {
        loop.submit(() -> opened().onLost(writes)).get();
    }

    void receive(String hex) throws Exception {
        ByteBuf octets = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
        loop.submit(() -> opened().onOctets(octets)).get();
    }

    private SerialLineListener opened() {
        SerialLineListener current = listener;
        if (current == null) {
            throw new IllegalStateException("the line is not open");
        }
        return current;
    }

    @Override
    public String name() {
        return "/dev/ttyUSB0";
    }

    @Override
    public void open(SerialLineListener newListener) {
        listener = newListener;
    }

    @Override
    public boolean write(ByteBuf octets) {
        String hex = ByteBufUtil.hexDump(octets);
        octets.release();
        if (!isUp || isFull) {
            return false;
        }
        return written.add(hex);
    }

    @Override
    public void useRate(int bitsPerSecond) {
        throw new IllegalStateException("the rate is in the settings");
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
