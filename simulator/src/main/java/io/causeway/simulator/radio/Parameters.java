package io.causeway.simulator.radio;

import io.causeway.radio.xbee.frame.AtResponse;
import io.causeway.radio.xbee.frame.Octets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the AT commands of the gateway's radio read and set. Owned by the thread of the run. */
final class Parameters {
    static final int OK = 0;
    private static final int INVALID_COMMAND = 2;
    private static final int INVALID_PARAMETER = 3;

    static final int ASSOCIATED = 0;
    static final int SCANNING = 0xFF;

    private static final long SERIAL_HIGH = 0x0013A200;
    private static final long SERIAL_LOW = 0x40B17E11;
    private static final int[] RATES = {
        1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600
    };
    private static final long UNIT_OF_SLEEP_MILLIS = 10;
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(320);

    private static final Set<String> SETTABLE =
            Set.of("AP", "AO", "BD", "D6", "D7", "SP", "SN", "NH", "NI", "ID", "CH", "MY");
    private static final Set<String> ACTIONS = Set.of("AC", "CN");

    private final Map<String, Octets> values = new HashMap<>();
    private final Map<String, Octets> saved;

    Parameters(XBeeConditions conditions, LineConditions line) {
        Family family = conditions.family();
        boolean isOld = family == Family.IEEE_802_15_4;
        put("HV", family.hardware(), 2);
        put("VR", family.firmware(), 2);
        put("SH", SERIAL_HIGH, 4);
        put("SL", SERIAL_LOW, 4);
        put("MY", family == Family.DIGIMESH ? 0xFFFE : 0, 2);
        put("AI", SCANNING, 1);
        put("AP", conditions.ap(), 1);
        put("BD", rateCode(line.bitsPerSecond()), 4);
        put("D6", 0, 1);
        put("D7", line.hasFlowControl() ? 1 : 0, 1);
        put("SP", sleepPeriod(conditions.polling()), 2);
        put("SN", 1, 2);
        put("CH", 0x11, 1);
        put("ID", 0x7E13, 2);
        values.put("NI", ascii("EMULATED"));
        if (!isOld) {
            put("NP", conditions.largestPayloadOctets(), 2);
            put("AO", 0, 1);
            put("NH", 0x1E, 1);
        }
        if (family == Family.ZIGBEE) {
            put("OP", 0x7E13, 8);
        }
        saved = new HashMap<>(values);
    }

    /** What is not saved is as it was before. */
    void restart() {
        values.putAll(saved);
        associate(SCANNING);
    }

    /** @param value empty in order to read */
    AtResponse answer(int frameId, String command, Octets value) {
        if (command.equals("WR")) {
            saved.putAll(values);
            return done(frameId, command, Octets.EMPTY);
        }
        if (ACTIONS.contains(command)) {
            return done(frameId, command, Octets.EMPTY);
        }
        Octets known = values.get(command);
        if (known == null) {
            return new AtResponse(frameId, command, INVALID_COMMAND, Octets.EMPTY);
        }
        if (value.isEmpty()) {
            return done(frameId, command, known);
        }
        boolean isTaken = SETTABLE.contains(command) && (!command.equals("AP") || value.number() <= 2);
        if (!isTaken) {
            return new AtResponse(frameId, command, INVALID_PARAMETER, Octets.EMPTY);
        }
        values.put(command, value);
        return done(frameId, command, Octets.EMPTY);
    }

    /** 0 if there is no such parameter. */
    long number(String command) {
        return values.getOrDefault(command, Octets.EMPTY).number();
    }

    void associate(int indication) {
        put("AI", indication, 1);
    }

    private static AtResponse done(int frameId, String command, Octets value) {
        return new AtResponse(frameId, command, OK, value);
    }

    private void put(String command, long number, int octets) {
        values.put(command, Octets.ofNumber(number, octets));
    }

    private static Octets ascii(String text) {
        return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A rate that has no code stands for itself. */
    private static long rateCode(int bitsPerSecond) {
        for (int code = 0; code < RATES.length; code++) {
            if (RATES[code] == bitsPerSecond) {
                return code;
            }
        }
        return bitsPerSecond;
    }

    private static long sleepPeriod(Duration polling) {
        Duration period = polling.compareTo(SHORTEST_SLEEP) < 0 ? SHORTEST_SLEEP : polling;
        return period.toMillis() / UNIT_OF_SLEEP_MILLIS;
    }
}
