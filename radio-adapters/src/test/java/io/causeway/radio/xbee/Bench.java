package io.causeway.radio.xbee;

import io.causeway.radio.LinkCounters;
import io.causeway.radio.LinkMeter;
import io.causeway.radio.LinkState;
import io.causeway.radio.port.LineSettings;
import io.causeway.radio.port.LineSettings.FlowControl;
import io.causeway.radio.port.PortSelector;
import io.causeway.radio.port.SerialLineListener;
import io.causeway.radio.xbee.XBeeSettings.ModeChoice;
import io.causeway.radio.xbee.frame.Octets;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** A radio core, the scripted radio it talks to, and what came of it; time passes only when told. */
final class Bench {
    static final long NODE = 0x0013A20040A1B2C3L;
    static final XBeeAddress NODE_ADDRESS = new XBeeAddress.Serial(NODE);
    static final XBeeSettings SETTINGS = settings(false, ModeChoice.AUTO);

    /** What was received, as text: who from, whether by broadcast, and the octets. */
    final List<String> received = new ArrayList<>();

    final List<LinkState> states = new ArrayList<>();
    final Schedule schedule = new Schedule();
    final ScriptedRadio radio = new ScriptedRadio(schedule);
    final PayloadLimits limits;
    final XBeeRadio core;
    private final LinkMeter traffic = new LinkMeter();

    Bench() {
        this(SETTINGS);
    }

    Bench(XBeeSettings settings) {
        limits = new PayloadLimits(settings);
        core = new XBeeRadio(
                "xbee", settings, radio, limits, traffic, new SplittableRandom(1), new XBeeRadio.Listener() {
                    @Override
                    public void onDatagram(XBeeAddress from, Octets datagram, boolean multicast) {
                        received.add(from + (multicast ? " broadcast " : " ") + datagram);
                    }

                    @Override
                    public void onState(LinkState state) {
                        states.add(state);
                    }
                });
        radio.lineRate = settings.line().bitsPerSecond();
    }

    static XBeeSettings settings(boolean configure, ModeChoice mode) {
        LineSettings line = new LineSettings(PortSelector.parse("/dev/ttyUSB0"), 115_200, FlowControl.NONE);
        return new XBeeSettings(line, false, mode, configure, 4, 256, false, Duration.ofSeconds(1));
    }

    /** Up and joined. */
    static Bench running() {
        Bench bench = new Bench();
        bench.open();
        bench.pass(1_000);
        bench.radio.sent.clear();
        bench.radio.commands.clear();
        return bench;
    }

    void open() {
        radio.open(new SerialLineListener() {
            @Override
            public void onUp() {
                core.onUp(schedule.nowNanos());
            }

            @Override
            public void onOctets(ByteBuf octets) {
                core.onOctets(octets, schedule.nowNanos());
            }

            @Override
            public void onDown(String cause) {
                core.onDown(cause, schedule.nowNanos());
            }
        });
    }

    void pass(long millis) {
        for (long passed = 0; passed < millis; passed += 50) {
            schedule.runUntil(schedule.nowNanos() + 50_000_000L);
            core.onTick(schedule.nowNanos());
        }
    }

    LinkState state() {
        return states.get(states.size() - 1);
    }

    LinkCounters traffic() {
        return traffic.read(LinkCounters.UNKNOWN);
    }

    XBeeCounters counters() {
        return core.counters();
    }

    void send(XBeeAddress to, String... hex) {
        core.send(to, hex(hex), schedule.nowNanos());
    }

    void broadcast(int radius, String... hex) {
        core.broadcast(hex(hex), radius, schedule.nowNanos());
    }

    /** The payloads the radio was asked to send, in order. */
    List<String> sent() {
        return radio.sent.stream().map(each -> each.payload().toString()).toList();
    }

    static Octets hex(String... hex) {
        return Octets.of(HexFormat.of().parseHex(String.join("", hex).replace(" ", "")));
    }
}
