package io.causeway.simulator.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class HtmlReportTest {
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"report\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void page_refersToNothingOutside() throws IOException {
        String page = page(BelievableRun.kept());
        String library = all(SCRIPT, page).get(0);

        assertThat(library).startsWith("/*!\n * Chart.js v4.").doesNotContain("sourceMappingURL");
        assertThat(page.replace(library, ""))
                .doesNotContainIgnoringCase("http:", "https:", "src=", "href=", "url(", "@import", "fetch(");
    }

    @Test
    void policy_allowsWhatIsInThePageAndNothingElse() throws IOException, GeneralSecurityException {
        String page = page(BelievableRun.kept());
        List<String> scripts = all(SCRIPT, page);

        assertThat(scripts).hasSize(2);
        assertThat(page)
                .contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                        + "base-uri 'none'; form-action 'none'; style-src %s; script-src %s %s\">"
                                .formatted(
                                        source(all(STYLE, page).get(0)),
                                        source(scripts.get(0)),
                                        source(scripts.get(1))));
    }

    @Test
    void namesFromElsewhere_stayText() throws IOException {
        String name = "</script><script>alert('1')</script> {{json}} & \"more\"";
        String page = page(BelievableRun.broken(name, "<img onerror=alert(2)>"));

        assertThat(page).doesNotContain("alert('1')</script>", "<img");
        assertThat(page)
                .contains("<h1>&lt;/script&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; {{json}} &amp; "
                        + "&quot;more&quot;</h1>")
                .contains("<td>&lt;img onerror=alert(2)&gt;</td>");
        assertThat(data(page).path("scenario").path("name").asText()).isEqualTo(name);
    }

    @Test
    void data_isTheJsonReport() throws IOException {
        FleetReport report = BelievableRun.broken();

        assertThat(data(page(report))).isEqualTo(new ObjectMapper().readTree(JsonReport.text(report)));
    }

    @Test
    void verdict_isABannerAboveEverything() throws IOException {
        String page = page(BelievableRun.broken());

        assertThat(page).contains("<title>Promises were broken: factory and street</title>");
        assertThat(page).containsSubsequence("<h2>Promises were broken</h2>", "<h2>Broken promises</h2>", "<canvas");
        assertThat(page(BelievableRun.kept())).doesNotContain("Broken promises");
    }

    @Test
    void everyChart_hasATableBehindIt() throws IOException {
        String page = page(BelievableRun.kept());

        for (String chart : List.of("rates", "latencies", "states", "distribution")) {
            assertThat(page).containsSubsequence("<canvas id=\"" + chart + "\" role=\"img\"", "<details>", "<table");
        }
        assertThat(page).contains("<th scope=\"row\">5:20</th>", "<th scope=\"row\">99.9 %</th>");
    }

    @Test
    void runWithoutSamples_hasNoCharts() throws IOException {
        assertThat(page(BelievableRun.aborted()))
                .contains("<h2>The run was aborted</h2>", "It ended early: nobody answers at gateway.example:1883.")
                .doesNotContain("<canvas");
    }

    private String page(FleetReport report) throws IOException {
        Path file = directory.resolve("report.html");
        HtmlReport.write(report, file);
        return Files.readString(file);
    }

    private static JsonNode data(String page) throws IOException {
        return new ObjectMapper().readTree(all(DATA, page).get(0));
    }

    private static List<String> all(Pattern pattern, String page) {
        List<String> all = new ArrayList<>();
        Matcher matcher = pattern.matcher(page);
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }

    private static String source(String text) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }
}
