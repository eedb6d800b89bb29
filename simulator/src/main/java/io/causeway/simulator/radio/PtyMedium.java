package io.causeway.simulator.radio;

import io.causeway.simulator.network.DatagramReceiver;
import io.causeway.simulator.network.Draw;
import io.causeway.simulator.network.Medium;
import io.causeway.simulator.network.MediumSource;
import io.causeway.simulator.network.SensorSocket;
import io.causeway.simulator.network.SocketLoop;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A pseudo-terminal with an emulated device at its other end, which is pulled and plugged in again at times. */
public final class PtyMedium implements Medium {
    private final Path link;
    private final Plugging plugging;
    private final SplittableRandom random;
    private final LongSupplier clock;
    private final SocketLoop loop;
    private final Agenda agenda = new Agenda();
    private final Uart uart;
    private final Device device;

    /** Null while the device is pulled. */
    private @Nullable PseudoTerminal terminal;

    private int replugs;

    private PtyMedium(
            Path link,
            LineConditions line,
            Plugging plugging,
            long seed,
            Device.Maker maker,
            LongSupplier clock,
            SocketLoop loop)
            throws IOException {
        this.link = link;
        this.plugging = plugging;
        this.random = new SplittableRandom(seed);
        this.clock = clock;
        this.loop = loop;
        this.uart = new Uart(line, agenda, random.split(), this::toGateway, clock.getAsLong());
        this.device = maker.make(uart, agenda, random.split(), clock);
        plug(clock.getAsLong());
    }

    /**
     * An XBee radio at a path, with a network behind it.
     *
     * @param link where the gateway finds its port; nothing else must be there
     * @param seed of all that is left to chance
     */
    public static MediumSource xbee(
            Path link, XBeeConditions conditions, LineConditions line, Plugging plugging, long seed) {
        return (clock, loop) -> new PtyMedium(
                link,
                line,
                plugging,
                seed,
                (uart, agenda, random, time) -> new XBeeNetwork(conditions, line, uart, agenda, random, time),
                clock,
                loop);
    }

    /**
     * A serial line at a path, with sensors on it.
     *
     * @param link where the gateway finds its port; nothing else must be there
     * @param seed of all that is left to chance
     */
    public static MediumSource serial(
            Path link, SerialConditions conditions, LineConditions line, Plugging plugging, long seed) {
        return (clock, loop) -> new PtyMedium(
                link,
                line,
                plugging,
                seed,
                (uart, agenda, random, time) -> new SerialSensors(conditions, line, uart, random, time),
                clock,
                loop);
    }

    @Override
    public SensorSocket open(DatagramReceiver receiver) throws IOException {
        return device.open(receiver);
    }

    @Override
    public boolean isReady() {
        return device.isReady();
    }

    @Override
    public List<String> complaints() {
        return device.complaints();
    }

    @Override
    public void receive(long mostNanos) throws IOException {
        advance();
        loop.run(Math.min(mostNanos, agenda.nanosToNext(clock.getAsLong())));
        hear();
        advance();
    }

    /** Takes from the gateway what the line has room for. */
    private void hear() throws IOException {
        PseudoTerminal plugged = terminal;
        while (plugged != null && uart.isOpen(clock.getAsLong())) {
            Optional<ByteBuf> octets = plugged.poll();
            if (octets.isEmpty()) {
                return;
            }
            uart.receive(octets.get(), device, clock.getAsLong());
        }
    }

    private void advance() throws IOException {
        try {
            agenda.advance(clock.getAsLong());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void toGateway(ByteBuf octets) {
        if (terminal != null) {
            terminal.write(octets);
        }
    }

    private void plug(long nowNanos) throws IOException {
        terminal = PseudoTerminal.at(link, loop::wakeUp);
        device.onPlugged(nowNanos);
        if (replugs < plugging.times()) {
            agenda.at(nowNanos + Draw.between(plugging.after(), random), this::unplug);
        }
    }

    private void unplug(long nowNanos) {
        closeTerminal();
        uart.cut(nowNanos);
        device.onUnplugged();
        agenda.at(nowNanos + Draw.between(plugging.away(), random), this::plugAgain);
    }

    private void plugAgain(long nowNanos) {
        replugs++;
        try {
            plug(nowNanos);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeTerminal() {
        if (terminal != null) {
            terminal.close();
            terminal = null;
        }
    }

    @Override
    public void close() {
        closeTerminal();
    }
}
