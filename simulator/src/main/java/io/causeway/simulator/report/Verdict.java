package io.causeway.simulator.report;

import io.causeway.simulator.truth.Finding;
import io.causeway.simulator.truth.Tally;
import java.util.ArrayList;
import java.util.List;

/** The verdict in words. */
final class Verdict {
    private final FleetReport report;
    private final Tally up;
    private final Tally down;

    Verdict(FleetReport report) {
        this.report = report;
        this.up = report.up();
        this.down = report.down();
    }

    /** A few words. */
    String headline() {
        return switch (report.outcome()) {
            case KEPT -> hasPromises() ? "Every promise was kept" : "Nothing was promised";
            case BROKEN -> "Promises were broken";
            case UNVERIFIED -> "Nobody looked";
            case ABORTED -> "The run was aborted";
        };
    }

    /** A sentence or two. */
    String detail() {
        String detail = switch (report.outcome()) {
            case KEPT -> hasPromises() ? promised() + " arrived, in order." : arrived();
            case BROKEN -> String.join("; ", broken()) + ". Promised: " + promised() + ".";
            case UNVERIFIED -> "Without a broker to verify at, only the gateway's word is known. " + accepted();
            case ABORTED -> accepted();
        };
        String whole = detail + neverConnected();
        return report.ended().isEmpty() ? whole : "It ended early: " + report.ended() + ". " + whole;
    }

    /** Nobody promises a connection; but where there is none, nothing else is promised either. */
    private String neverConnected() {
        int never =
                report.groups().stream().mapToInt(GroupReport::neverConnected).sum();
        return never == 0
                ? ""
                : " " + Figures.count(never) + " of "
                        + Figures.counted(report.scenario().sensors(), "sensor") + " never had a connection.";
    }

    private boolean hasPromises() {
        return up.promised() + down.promised() > 0;
    }

    private String promised() {
        String messages = Figures.counted(up.promised(), "acknowledged message");
        return down.sent() == 0 ? messages : messages + " and " + Figures.counted(down.promised(), "accepted command");
    }

    private String arrived() {
        return "Of " + Figures.counted(up.sent(), "message") + " without acknowledgement " + Figures.count(up.arrived())
                + " arrived.";
    }

    private String accepted() {
        return "The gateway acknowledged " + Figures.count(up.promised()) + " of "
                + Figures.counted(up.sent(), "message") + ".";
    }

    private List<String> broken() {
        List<String> broken = new ArrayList<>();
        addCount(broken, up.missing(), "message", "never reached the broker");
        addCount(broken, down.missing(), "command", "never reached the sensor");
        addCount(broken, up.misdelivered() + down.misdelivered(), "message", "came to where it does not belong");
        addCount(broken, up.corrupted() + down.corrupted(), "message", "came other than it was sent");
        addCount(broken, up.outOfOrder() + down.outOfOrder(), "message", "came after a later one");
        if (report.findings().stream().anyMatch(finding -> finding.kind() == Finding.Kind.DUPLICATED)) {
            broken.add("messages of QoS 2 came more than once");
        }
        long improper = report.findings().stream()
                .filter(finding -> finding.kind() == Finding.Kind.IMPROPER)
                .count();
        if (improper > 0) {
            broken.add(Figures.counted(improper, "rule") + " of the medium " + (improper == 1 ? "was" : "were")
                    + " broken");
        }
        return broken;
    }

    private static void addCount(List<String> broken, long count, String noun, String fate) {
        if (count > 0) {
            broken.add(Figures.counted(count, noun) + " " + fate);
        }
    }
}
