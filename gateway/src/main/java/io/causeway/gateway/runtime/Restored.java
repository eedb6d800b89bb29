package io.causeway.gateway.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a gateway has taken up when it started.
 *
 * @param sensors     sessions of MQTT-SN clients
 * @param unreachable of these, sessions with an address whose link is not configured any more
 * @param mqtt        sessions of MQTT clients
 * @param retained    retained messages
 * @param wills       that were due and not handed on
 * @param arrivals    QoS 2 messages of the broker that were not complete
 * @param leftAlone   what only another mode than today's has use for; it stays where it is
 */
record Restored(long sensors, long unreachable, long mqtt, long retained, long wills, long arrivals, long leftAlone) {
    static final Restored NOTHING = new Restored(0, 0, 0, 0, 0, 0, 0);

    Map<String, Double> byKind() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("sensor_sessions", (double) sensors);
        values.put("mqtt_sessions", (double) mqtt);
        values.put("retained_messages", (double) retained);
        values.put("wills", (double) wills);
        values.put("arrivals", (double) arrivals);
        return values;
    }

    /** For the log. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add(sensors + " sessions of sensors");
        add(parts, unreachable, "of them on links that are not there any more");
        add(parts, mqtt, "sessions of MQTT clients");
        add(parts, retained, "retained messages");
        add(parts, wills, "wills");
        add(parts, arrivals, "incomplete messages of the broker");
        add(parts, leftAlone, "things of another mode left alone");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }
}
