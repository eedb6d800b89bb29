package io.causeway.simulator.report;

import io.causeway.simulator.scenario.Group;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A report for a browser: one file with all that it needs in it, charts included, which loads nothing from anywhere. Its
 * policy lets a browser run these scripts and no other.
 */
public final class HtmlReport {
    private static final String LIBRARY = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";
    private static final String LIBRARY_FILE = "/META-INF/resources/webjars/chart.js/%s/dist/chart.umd.min.js";

    private final FleetReport report;

    private HtmlReport(FleetReport report) {
        this.report = report;
    }

    /** @throws IOException if the file cannot be written */
    public static void write(FleetReport report, Path file) throws IOException {
        Files.writeString(file, new HtmlReport(report).page());
    }

    private String page() throws IOException {
        String style = resource("report.css");
        String library = library();
        String script = resource("report.js");
        Map<String, String> pieces = new HashMap<>(words());
        pieces.put("policy", policy(style, library, script));
        pieces.put("style", style);
        pieces.put("library", library);
        pieces.put("script", script);
        pieces.put("json", JsonReport.text(report).replace("<", "\\u003c")); // no </script> and no <!-- in the data
        return Html.fill(resource("report.html"), pieces);
    }

    private static String policy(String style, String... scripts) {
        List<String> sources = new ArrayList<>();
        for (String script : scripts) {
            sources.add(source(script));
        }
        return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + source(style) + "; script-src "
                + String.join(" ", sources);
    }

    private static String source(String inlined) {
        return "'sha256-" + Base64.getEncoder().encodeToString(sha256(inlined)) + "'";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Map<String, String> words() {
        Verdict verdict = new Verdict(report);
        ReportTables tables = new ReportTables(report, Figures::count);
        return Map.ofEntries(
                Map.entry("name", Html.escape(report.scenario().name())),
                Map.entry("about", Html.escape(report.scenario().about())),
                Map.entry("outcome", Figures.word(report.outcome())),
                Map.entry("headline", Html.escape(verdict.headline())),
                Map.entry("detail", Html.escape(verdict.detail())),
                Map.entry("tiles", tiles()),
                Map.entry("findings", optional("Broken promises", tables.findings())),
                Map.entry("charts", charts()),
                Map.entry("messages", Html.table("Messages", tables.messages())),
                Map.entry("latencies", Html.table("Latencies", tables.latencies())),
                Map.entry("troubles", optional("What went wrong without breaking a promise", tables.troubles())),
                Map.entry(
                        "course",
                        Html.escape(ScenarioWords.course(report.scenario().phases()))),
                Map.entry("groups", groups()),
                Map.entry("facts", Html.table("Run", tables.facts())));
    }

    private static String optional(String title, Table table) {
        return table.rows().isEmpty() ? "" : Html.section(title, Html.table(title, table));
    }

    private String tiles() {
        List<String> tiles = new ArrayList<>();
        tiles.add(tile("messages sent", Figures.count(report.up().sent())));
        tiles.add(tile("promised", Figures.count(report.up().promised())));
        if (report.isVerified()) {
            tiles.add(tile("arrived", Figures.count(report.up().arrived())));
            tiles.add(tile(
                    "missing",
                    Figures.count(report.up().missing() + report.down().missing())));
        }
        Percentiles latencies = report.acknowledgement().percentiles();
        if (latencies.count() > 0) {
            tiles.add(tile("acknowledged, p99", Figures.latency(latencies.p99Micros())));
        }
        return String.join("\n", tiles);
    }

    private static String tile(String name, String value) {
        return "<div><dt>" + name + "</dt><dd>" + value + "</dd></div>";
    }

    private String charts() {
        if (report.samples().isEmpty()) {
            return "";
        }
        ChartTables tables = new ChartTables(report);
        String charts = chart("rates", "Rates", "Messages per second", tables.rates())
                + chart("latencies", "Latencies", "Of what was acknowledged or arrived then", tables.latencies())
                + chart("states", "Sensors", "How many are in each state", tables.states())
                + chart(
                        "distribution",
                        "Distribution of latencies",
                        "How many took no longer than that, over the whole run",
                        tables.distribution());
        return Html.section("Over time", """
                <noscript><p>The charts need scripts; the tables below them have the figures.</p></noscript>
                <div class="charts">
                %s</div>""".formatted(charts));
    }

    private static String chart(String id, String title, String about, Table table) {
        return """
                <figure>
                <figcaption><h3>%2$s</h3><p>%3$s</p></figcaption>
                <div class="canvas"><canvas id="%1$s" role="img" aria-label="%2$s. The figures are in the table below."></canvas></div>
                <details>
                <summary>Figures</summary>
                %4$s
                </details>
                </figure>
                """.formatted(id, title, about, Html.table(title, table));
    }

    private String groups() {
        return report.scenario().groups().stream().map(HtmlReport::group).collect(Collectors.joining("\n"));
    }

    private static String group(Group group) {
        String traits = ScenarioWords.traits(group).stream()
                .map(trait -> "<li>" + Html.escape(trait) + "</li>")
                .collect(Collectors.joining("\n"));
        return "<h3>%s: %s</h3>\n<ul>\n%s\n</ul>"
                .formatted(Html.escape(group.name()), Figures.counted(group.count(), "sensor"), traits);
    }

    /** Chart.js; its version is part of the path. The map of its source, which it names, is not in the page. */
    private static String library() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = open(LIBRARY)) {
            properties.load(in);
        }
        String library = resource(LIBRARY_FILE.formatted(properties.getProperty("version")));
        return library.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String path) {
        InputStream in = HtmlReport.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException("not on the class path: " + path);
        }
        return in;
    }
}
