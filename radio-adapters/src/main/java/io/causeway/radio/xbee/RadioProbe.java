package io.causeway.radio.xbee;

import io.causeway.radio.port.SerialLine;
import io.causeway.radio.port.SerialLineListener;
import io.causeway.radio.xbee.frame.AtResponse;
import io.causeway.radio.xbee.frame.RadioFrameHandler;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks once what radio is at the other end of a line, for an operator who wants to know. Changes nothing in it. Whatever
 * is there is sent an AT command in API mode, and {@code +++} if it does not answer, at several rates.
 */
public final class RadioProbe {
    private final AtExchange exchange;
    private final StartUp startUp;
    private final RadioLine line;
    private final CompletableFuture<String> finding = new CompletableFuture<>();

    private RadioProbe(XBeeSettings settings, SerialLine serialLine) {
        FrameIds ids = new FrameIds();
        line = new RadioLine(serialLine, frame -> frame.accept(new Answers()));
        exchange = new AtExchange(line, ids);
        startUp = new StartUp(settings, line, exchange, ids, new Findings());
    }

    /**
     * Finds out, and blocks until that is done; not to be called on an event loop.
     *
     * @param serialLine not opened yet, and closed when this returns; tells what happens on {@code loop}
     * @param patience   a radio at the rate of the line answers in less than a second, a search through all rates takes
     *                   half a minute
     * @return in a line for the operator: what radio is there and how to reach it, or why it cannot be told
     */
    public static String ask(SerialLine serialLine, XBeeSettings settings, EventExecutor loop, Duration patience) {
        RadioProbe probe = new RadioProbe(withoutConfiguring(settings), serialLine);
        Future<?> ticks = loop.scheduleAtFixedRate(
                probe::onTick, XBeeTransport.TICK.toNanos(), XBeeTransport.TICK.toNanos(), TimeUnit.NANOSECONDS);
        try (serialLine) {
            serialLine.open(probe.new LineEvents());
            return probe.finding.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return "no XBee radio answers within " + patience.toSeconds() + " s";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "not asked to the end";
        } catch (ExecutionException e) {
            throw new IllegalStateException("the probe failed", e);
        } finally {
            ticks.cancel(false);
        }
    }

    private static XBeeSettings withoutConfiguring(XBeeSettings settings) {
        return new XBeeSettings(
                settings.line(),
                true,
                XBeeSettings.ModeChoice.AUTO,
                false,
                settings.window(),
                settings.mostPayloadOctets(),
                settings.radioFragmentation(),
                settings.broadcastInterval());
    }

    private void onTick() {
        long nowNanos = System.nanoTime();
        line.onTick(nowNanos);
        exchange.onTick(nowNanos);
        startUp.onTick(nowNanos);
    }

    private final class LineEvents implements SerialLineListener {
        @Override
        public void onUp() {
            startUp.begin(System.nanoTime());
        }

        @Override
        public void onOctets(ByteBuf octets) {
            long nowNanos = System.nanoTime();
            startUp.onOctets(octets, nowNanos);
            line.receive(octets, nowNanos);
        }

        @Override
        public void onDown(String cause) {
            finding.complete(cause);
        }
    }

    private final class Answers implements RadioFrameHandler {
        @Override
        public void onAtResponse(AtResponse response) {
            startUp.onLateResponse(response, System.nanoTime());
            exchange.onResponse(response, System.nanoTime());
        }
    }

    private final class Findings implements StartUp.Listener {
        @Override
        public void onReady(RadioIdentity radio, long nowNanos) {
            int indication = (int) radio.value("AI", 0);
            finding.complete(
                    indication == 0 ? radio.toString() : radio + ", in no network: " + Association.text(indication));
        }

        @Override
        public void onTrouble(String cause, long nowNanos) {
            finding.complete(cause);
        }

        /** Remarks are for those who use the radio. */
        @Override
        public void onRemark(String remark) {}
    }
}
