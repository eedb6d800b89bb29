package io.causeway.simulator.radio;

import io.causeway.radio.xbee.frame.AtResponse;
import io.causeway.radio.xbee.frame.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The port of a radio in transparent mode: no frames, but commands in letters after three plus signs with silence around
 * them. Owned by the thread of the run.
 */
final class TransparentPort {
    private static final String ESCAPE = "+++";
    private static final String END = "\r";
    private static final long GUARD_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long COMMAND_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int LETTERS = 2;
    private static final int MOST_CHARACTERS = 40;

    private final Parameters parameters;
    private final Agenda agenda;
    private final Host host;
    private final Agenda.Task onOtherMode;
    private final StringBuilder line = new StringBuilder();
    private boolean isInCommands;
    private boolean wasSilent = true;
    private long lastNanos;

    /** @param onOtherMode is told when the parameters ask for frames */
    TransparentPort(Parameters parameters, Agenda agenda, Host host, Agenda.Task onOtherMode, long nowNanos) {
        this.parameters = parameters;
        this.agenda = agenda;
        this.host = host;
        this.onOtherMode = onOtherMode;
        this.lastNanos = nowNanos - GUARD_NANOS;
    }

    void onOctets(ByteBuf octets, long nowNanos) {
        boolean isAfterSilence = nowNanos - lastNanos >= GUARD_NANOS;
        isInCommands = isInCommands && nowNanos - lastNanos < COMMAND_NANOS;
        lastNanos = nowNanos;
        if (isInCommands) {
            takeCommands(octets, nowNanos);
            return;
        }
        if (isAfterSilence) {
            line.setLength(0);
            wasSilent = true;
        }
        line.append(octets.toString(StandardCharsets.US_ASCII));
        if (wasSilent && line.toString().equals(ESCAPE)) {
            agenda.at(nowNanos + GUARD_NANOS, now -> enterIfSilentSince(nowNanos, now));
        } else if (!ESCAPE.startsWith(line.toString())) {
            wasSilent = false; // it goes on the air to whoever listens, and nobody does
            line.setLength(0);
        }
    }

    private void enterIfSilentSince(long sinceNanos, long nowNanos) {
        if (lastNanos == sinceNanos) {
            isInCommands = true;
            line.setLength(0);
            answer("OK", nowNanos);
        }
    }

    private void takeCommands(ByteBuf octets, long nowNanos) {
        line.append(octets.toString(StandardCharsets.US_ASCII));
        for (int end = line.indexOf(END); end >= 0 && isInCommands; end = line.indexOf(END)) {
            String command = line.substring(0, end).trim().toUpperCase(Locale.ROOT);
            line.delete(0, end + 1);
            answer(result(command), nowNanos);
            if (command.equals("ATCN")) {
                leaveCommands(nowNanos);
            }
        }
        line.setLength(Math.min(line.length(), MOST_CHARACTERS));
    }

    private String result(String command) {
        if (!command.matches("AT[A-Z0-9]{2} ?([0-9A-F]{2})*[0-9A-F]?")) {
            return "ERROR";
        }
        String letters = command.substring(LETTERS, 2 * LETTERS);
        String digits = command.substring(2 * LETTERS).trim();
        String octets = digits.length() % 2 == 0 ? digits : "0" + digits;
        AtResponse response =
                parameters.answer(0, letters, Octets.of(HexFormat.of().parseHex(octets)));
        if (response.status() != Parameters.OK) {
            return "ERROR";
        }
        return response.value().isEmpty()
                ? "OK"
                : Long.toHexString(response.value().number()).toUpperCase(Locale.ROOT);
    }

    private void leaveCommands(long nowNanos) {
        isInCommands = false;
        wasSilent = false;
        onOtherMode.run(nowNanos);
    }

    private void answer(String text, long nowNanos) {
        host.say(Unpooled.copiedBuffer(text + END, StandardCharsets.US_ASCII), nowNanos);
    }
}
