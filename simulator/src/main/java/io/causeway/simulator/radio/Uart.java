package io.causeway.simulator.radio;

import io.causeway.simulator.network.Nanos;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The line between the gateway and what plays its device, which takes its time in both directions. What goes to the
 * gateway may be damaged, what comes from it never is. Owned by the thread of the run.
 */
final class Uart {
    private static final int BITS_PER_OCTET = 10;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** What a device has ready for its gateway; a radio drops what it receives beyond. */
    private static final int OUTPUT_OCTETS = 1_000;

    /** What a device has room for. */
    private static final int INPUT_OCTETS = 200;

    /** A device sees what comes at least so often, as long as something does. */
    private static final long PIECE_NANOS = Duration.ofMillis(20).toNanos();

    private static final int MOST_GARBAGE_OCTETS = 40;
    private static final int DELIMITER = 0x7E;
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private final LineConditions conditions;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Consumer<ByteBuf> gateway;
    private final long octetNanos;

    private long sentNanos;
    private long receivedNanos;
    private long overrunOctets;

    /** What was on its way at the end of an earlier epoch never arrives. */
    private int epoch;

    /** @param gateway takes what comes out at its end; borrowed for the call */
    Uart(LineConditions conditions, Agenda agenda, SplittableRandom random, Consumer<ByteBuf> gateway, long nowNanos) {
        this.conditions = conditions;
        this.agenda = agenda;
        this.random = random;
        this.gateway = gateway;
        this.octetNanos = BITS_PER_OCTET * NANOS_PER_SECOND / conditions.bitsPerSecond();
        this.sentNanos = nowNanos;
        this.receivedNanos = nowNanos;
    }

    /** Whether there is room for another frame to the gateway. */
    boolean hasRoom(long nowNanos) {
        return waiting(sentNanos, nowNanos) < OUTPUT_OCTETS;
    }

    /**
     * Sends to the gateway, behind what is under way.
     *
     * @param frame taken over
     * @return whether it arrives as it is, unless the line is cut
     */
    boolean send(ByteBuf frame, long nowNanos) {
        if (random.nextDouble() < conditions.garbage()) {
            leave(garbage(), nowNanos);
        }
        boolean isCut = random.nextDouble() < conditions.cut();
        boolean isFlipped = random.nextDouble() < conditions.flipped();
        if (isCut) {
            frame.writerIndex(frame.readerIndex() + random.nextInt(frame.readableBytes()));
        }
        if (isFlipped && frame.isReadable()) {
            int index = frame.readerIndex() + random.nextInt(frame.readableBytes());
            frame.setByte(index, frame.getByte(index) ^ (1 << random.nextInt(Byte.SIZE)));
        }
        leave(frame, nowNanos);
        return !isCut && !isFlipped;
    }

    /** Half of it pretends to be the beginning of a frame. */
    private ByteBuf garbage() {
        byte[] octets = new byte[1 + random.nextInt(MOST_GARBAGE_OCTETS)];
        random.nextBytes(octets);
        if (random.nextBoolean()) {
            octets[0] = DELIMITER;
        }
        return Unpooled.wrappedBuffer(octets);
    }

    private void leave(ByteBuf octets, long nowNanos) {
        sentNanos = Nanos.later(sentNanos, nowNanos);
        while (octets.isReadable()) {
            int count = octets.readableBytes();
            if (conditions.isSplit()) {
                count = 1 + random.nextInt(count);
                sentNanos += random.nextLong(LONGEST_PAUSE_NANOS);
            }
            sentNanos += count * octetNanos;
            ByteBuf piece = octets.readSlice(count);
            at(sentNanos, now -> gateway.accept(piece));
        }
    }

    /**
     * Takes what the gateway has written; it comes out at the device as fast as the line carries it.
     *
     * @param octets taken over
     */
    void receive(ByteBuf octets, Device device, long nowNanos) {
        int room = conditions.hasFlowControl() ? Integer.MAX_VALUE : INPUT_OCTETS - waiting(receivedNanos, nowNanos);
        if (room < octets.readableBytes()) {
            overrunOctets += octets.readableBytes() - Math.max(0, room);
            octets.writerIndex(octets.readerIndex() + Math.max(0, room));
        }
        receivedNanos = Nanos.later(receivedNanos, nowNanos);
        while (octets.isReadable()) {
            int count = (int) Math.min(octets.readableBytes(), 1 + PIECE_NANOS / octetNanos);
            receivedNanos += count * octetNanos;
            ByteBuf piece = octets.readSlice(count);
            at(receivedNanos, now -> device.onOctets(piece, now));
        }
    }

    /** Whether the gateway may write on. */
    boolean isOpen(long nowNanos) {
        return !conditions.hasFlowControl() || waiting(receivedNanos, nowNanos) < INPUT_OCTETS;
    }

    /** Octets of the gateway for which there was no room. */
    long overrunOctets() {
        return overrunOctets;
    }

    /** Whatever is under way is lost. */
    void cut(long nowNanos) {
        epoch++;
        sentNanos = nowNanos;
        receivedNanos = nowNanos;
    }

    private int waiting(long freeNanos, long nowNanos) {
        return (int) (Math.max(0, freeNanos - nowNanos) / octetNanos);
    }

    private void at(long nanos, Agenda.Task task) {
        int begun = epoch;
        agenda.at(nanos, now -> {
            if (epoch == begun) {
                task.run(now);
            }
        });
    }
}
