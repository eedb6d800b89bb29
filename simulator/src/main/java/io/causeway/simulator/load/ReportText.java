package io.causeway.simulator.load;

import io.causeway.simulator.report.Percentiles;
import io.causeway.simulator.report.Trouble;
import io.causeway.simulator.truth.Tally;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people and for programs. */
public final class ReportText {
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double OCTETS_PER_MIB = 1 << 20;
    private static final String ROW = "%7s %3s %7s %8s %8s %8s %8s %8s %8s %8s %8s %7s %7s";
    private static final String NOTHING = "-";

    private ReportText() {}

    /** The line above the {@link #row}s. */
    public static String header() {
        return ROW.formatted(
                "clients",
                "QoS",
                "setup s",
                "msg/s",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "e2e p50",
                "e2e p99",
                "CPU s/M",
                "RSS MiB",
                "missing",
                "lost");
    }

    /**
     * One line of a table: messages per second at the broker, latencies of the acknowledgement and end to end, CPU seconds
     * per million messages, memory, what was acknowledged and is missing, and what was sent and has not arrived.
     */
    public static String row(LoadReport report) {
        LoadPlan plan = report.plan();
        boolean isAcknowledged = plan.qos().isAcknowledged();
        boolean isWatched = !plan.pids().isEmpty();
        return ROW.formatted(
                plan.clients(),
                plan.qos().wireValue(),
                decimal(report.setupSeconds(), 2),
                decimal(report.rates().arrived(), 0),
                isAcknowledged ? millis(report.acknowledgement().p50Micros()) : NOTHING,
                isAcknowledged ? millis(report.acknowledgement().p99Micros()) : NOTHING,
                isAcknowledged ? millis(report.acknowledgement().p999Micros()) : NOTHING,
                millis(report.endToEnd().p50Micros()),
                millis(report.endToEnd().p99Micros()),
                isWatched ? decimal(report.resources().cpuSecondsPerMillion(), 1) : NOTHING,
                isWatched ? decimal(report.resources().residentOctets() / OCTETS_PER_MIB, 0) : NOTHING,
                report.messages().missing(),
                report.messages().sent() - report.messages().arrived());
    }

    /** One object, keys in snake case with their units. */
    public static String json(LoadReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("clients", report.plan().clients());
        json.put("qos", report.plan().qos().wireValue());
        json.put("rate_per_s", report.plan().messagesPerSecond());
        json.put("payload_octets", report.plan().payloadOctets());
        json.put("warm_up_s", report.plan().warmUp().toSeconds());
        json.put("measured_s", report.plan().measured().toSeconds());
        json.put("setup_s", report.setupSeconds());
        json.put("sent_per_s", report.rates().sent());
        json.put("acknowledged_per_s", report.rates().acknowledged());
        json.put("arrived_per_s", report.rates().arrived());
        json.put("acknowledgement_us", object(report.acknowledgement()));
        json.put("end_to_end_us", object(report.endToEnd()));
        json.put("cpu_s_per_million", report.resources().cpuSecondsPerMillion());
        json.put("ready_octets", report.resources().readyOctets());
        json.put("resident_octets", report.resources().residentOctets());
        json.put("fleet_cpu_s", report.resources().fleetCpuSeconds());
        json.put("counts", counts(report));
        return text(json);
    }

    private static Map<String, Object> counts(LoadReport report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        Tally messages = report.messages();
        counts.put("sent", messages.sent());
        counts.put("acknowledged", messages.promised());
        counts.put("arrived", messages.arrived());
        counts.put("missing", messages.missing());
        counts.put("duplicates", messages.duplicates());
        counts.put("wrong", messages.wrong());
        counts.put("out_of_order", messages.outOfOrder());
        counts.put("foreign", report.foreign());
        for (Trouble trouble : Trouble.values()) {
            counts.put(
                    trouble.name().toLowerCase(Locale.ROOT), report.troubles().getOrDefault(trouble, 0L));
        }
        return counts;
    }

    private static Map<String, Object> object(Percentiles latencies) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("p50", latencies.p50Micros());
        object.put("p99", latencies.p99Micros());
        object.put("p99_9", latencies.p999Micros());
        object.put("max", latencies.maxMicros());
        return object;
    }

    /** Numbers and objects of them; there is no text among the values. */
    private static String text(Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(member -> "\"" + member.getKey() + "\": " + text(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof Double number ? decimal(number, 3) : value.toString();
    }

    private static String millis(long micros) {
        return decimal(micros / MICROS_PER_MILLI, 2);
    }

    private static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
