package io.causeway.radio.xbee;

import io.causeway.radio.port.SerialLine;
import io.causeway.radio.port.SerialLineListener;
import io.causeway.radio.xbee.frame.ApiMode;
import io.causeway.radio.xbee.frame.AtCommand;
import io.causeway.radio.xbee.frame.AtResponse;
import io.causeway.radio.xbee.frame.ExtendedTransmitStatus;
import io.causeway.radio.xbee.frame.FrameDecoder;
import io.causeway.radio.xbee.frame.FrameErrors;
import io.causeway.radio.xbee.frame.HostFrame;
import io.causeway.radio.xbee.frame.HostFrameHandler;
import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.RadioFrame;
import io.causeway.radio.xbee.frame.TransmitRequest;
import io.causeway.radio.xbee.frame.TransmitRequest16;
import io.causeway.radio.xbee.frame.TransmitRequest64;
import io.causeway.radio.xbee.frame.TransmitStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A radio, and the line to it, in memory. Strict where a real one would silently drop: a frame with a wrong checksum, a
 * frame id that is in use, or none, fails the test.
 */
final class ScriptedRadio implements SerialLine, HostFrameHandler {
    /** How the air treats what is sent. */
    interface Air {
        Outcome send(long address64, int address16, Octets payload);
    }

    /**
     * What becomes of a transmission.
     *
     * @param status of the radio, or {@link #NO_STATUS}
     * @param millis until it is told
     */
    record Outcome(int status, long millis) {
        static final int NO_STATUS = -1;

        static final Outcome DELIVERED = new Outcome(0, 20);
    }

    /** A transmission as the radio was asked for it. */
    record Sent(long address64, int address16, int radius, int options, Octets payload, long atNanos) {}

    private static final long ANSWER_MILLIS = 10;

    private final Schedule schedule;
    final Map<String, Octets> parameters = new HashMap<>();
    final List<Sent> sent = new ArrayList<>();
    final List<String> commands = new ArrayList<>();
    private final Set<Integer> idsInUse = new HashSet<>();
    Air air = (address64, address16, payload) -> Outcome.DELIVERED;
    /** What the line makes of octets on their way to the host. */
    UnaryOperator<ByteBuf> noise = octets -> octets;

    int ap = 2;
    int radioRate = 115_200;
    int lineRate = 115_200;
    boolean isSilent;
    boolean isUp;
    boolean takesNothing;
    int deliveredTo16 = 0xFFFE;
    int buffers = Integer.MAX_VALUE;
    int mostUnderWay;
    private boolean inCommandMode;
    private @Nullable FrameDecoder<HostFrame> decoder;
    private @Nullable SerialLineListener listener;

    ScriptedRadio(Schedule schedule) {
        this.schedule = schedule;
        set("HV", 0x2E46, 2);
        set("VR", 0x4061, 2);
        set("SH", 0x0013A200, 4);
        set("SL", 0x40B17E11, 4);
        set("NP", 84, 2);
        set("AO", 0, 1);
        set("AI", 0, 1);
        set("MY", 0, 2);
        set("CH", 0x0C, 1);
        set("ID", 0x1234, 8);
    }

    void set(String parameter, long value, int octets) {
        parameters.put(parameter, Octets.ofNumber(value, octets));
    }

    @Override
    public String name() {
        return "/dev/ttyUSB0";
    }

    @Override
    public void open(SerialLineListener newListener) {
        listener = newListener;
        plug();
    }

    void plug() {
        isUp = true;
        inCommandMode = false;
        idsInUse.clear();
        schedule.after(5, listener()::onUp);
    }

    void unplug() {
        isUp = false;
        schedule.forget();
        listener().onDown("/dev/ttyUSB0 is not there");
    }

    /** As after a press on its button: it forgets what it was asked. */
    void reset() {
        schedule.forget();
        idsInUse.clear();
    }

    @Override
    public void useRate(int bitsPerSecond) {
        lineRate = bitsPerSecond;
        schedule.after(30, listener()::onUp);
    }

    @Override
    public void close() {
        isUp = false;
    }

    /** Says a frame of its own accord. */
    void say(RadioFrame frame) {
        say(mode().encode(frame));
    }

    void say(ByteBuf octets) {
        schedule.after(ANSWER_MILLIS, () -> arrive(octets));
    }

    private void arrive(ByteBuf octets) {
        listener().onOctets(noise.apply(octets));
    }

    private SerialLineListener listener() {
        SerialLineListener to = listener;
        if (to == null) {
            throw new IllegalStateException("not open");
        }
        return to;
    }

    private ApiMode mode() {
        return ap == ApiMode.ESCAPED.ap() ? ApiMode.ESCAPED : ApiMode.UNESCAPED;
    }

    @Override
    public boolean write(ByteBuf octets) {
        if (!isUp || takesNothing) {
            return false;
        }
        if (isSilent || lineRate != radioRate) {
            return true;
        }
        if (ap == 0 || ap == 4 || inCommandMode) {
            onText(octets.toString(StandardCharsets.ISO_8859_1));
            return true;
        }
        FrameDecoder<HostFrame> reading = FrameDecoder.ofHost(mode(), frame -> frame.accept(this));
        decoder = reading;
        reading.decode(octets, schedule.nowNanos());
        return true;
    }

    /** What was wrong with what it was last told in frames. */
    FrameErrors errors() {
        FrameDecoder<HostFrame> last = decoder;
        return last == null ? FrameErrors.NONE : last.errors();
    }

    private void onText(String text) {
        commands.add(text.trim());
        if (text.equals("+++")) {
            inCommandMode = true;
            schedule.after(1_000, () -> listener().onOctets(ascii("OK\r")));
        } else if (inCommandMode && text.equals("ATAP\r")) {
            say(ascii(ap + "\r"));
        } else if (inCommandMode && text.startsWith("AT")) {
            if (text.startsWith("ATAP")) {
                ap = Integer.parseInt(text.substring("ATAP".length()).trim());
            }
            inCommandMode = !text.equals("ATCN\r");
            say(ascii("OK\r"));
        }
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    @Override
    public void onAtCommand(AtCommand frame) {
        commands.add(frame.command() + (frame.value().isEmpty() ? "" : "=" + frame.value()));
        Octets value = frame.command().equals("AP")
                ? Octets.ofNumber(ap, 1)
                : parameters.getOrDefault(frame.command(), Octets.EMPTY);
        boolean sets = !frame.value().isEmpty() || frame.command().equals("WR");
        boolean isKnown = sets || !value.isEmpty();
        say(new AtResponse(frame.frameId(), frame.command(), isKnown ? 0 : 2, sets ? Octets.EMPTY : value));
        if (sets && frame.command().equals("AP")) {
            ap = (int) frame.value().number();
        } else if (!frame.value().isEmpty()) {
            parameters.put(frame.command(), frame.value());
        }
    }

    @Override
    public void onTransmitRequest(TransmitRequest frame) {
        Sent request = new Sent(
                frame.destination64(),
                frame.destination16(),
                frame.radius(),
                frame.options(),
                frame.payload(),
                schedule.nowNanos());
        Outcome outcome = transmit(frame.frameId(), request);
        int address16 = outcome.status() == 0 ? deliveredTo16 : 0xFFFD;
        tell(
                frame.frameId(),
                outcome,
                new ExtendedTransmitStatus(frame.frameId(), address16, 0, Math.max(0, outcome.status()), 0));
    }

    @Override
    public void onTransmitRequest64(TransmitRequest64 frame) {
        Sent request =
                new Sent(frame.destination64(), 0xFFFE, 0, frame.options(), frame.payload(), schedule.nowNanos());
        Outcome outcome = transmit(frame.frameId(), request);
        tell(frame.frameId(), outcome, new TransmitStatus(frame.frameId(), Math.max(0, outcome.status())));
    }

    @Override
    public void onTransmitRequest16(TransmitRequest16 frame) {
        Sent request = new Sent(-1, frame.destination16(), 0, frame.options(), frame.payload(), schedule.nowNanos());
        Outcome outcome = transmit(frame.frameId(), request);
        tell(frame.frameId(), outcome, new TransmitStatus(frame.frameId(), Math.max(0, outcome.status())));
    }

    private Outcome transmit(int id, Sent request) {
        if (id == 0 || idsInUse.contains(id)) {
            throw new AssertionError("frame id " + id);
        }
        sent.add(request);
        if (idsInUse.size() >= buffers) {
            return new Outcome(0x32, 1);
        }
        return air.send(request.address64(), request.address16(), request.payload());
    }

    private void tell(int id, Outcome outcome, RadioFrame status) {
        if (outcome.status() == Outcome.NO_STATUS) {
            return;
        }
        idsInUse.add(id);
        mostUnderWay = Math.max(mostUnderWay, idsInUse.size());
        schedule.after(outcome.millis(), () -> {
            idsInUse.remove(id);
            arrive(mode().encode(status));
        });
    }
}
