package io.causeway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which tests name which rule of a specification, from the tests' sources. Writes the reports when started, for which
 * it needs no build:
 *
 * <pre>java testkit/src/main/java/io/causeway/testkit/SpecCoverage.java</pre>
 */
public final class SpecCoverage {
    private static final Path TABLES = Path.of("testkit", "src", "main", "resources");
    private static final Path REPORTS = Path.of("docs");
    private static final String CHAPTER_PREFIX = "## ";
    private static final String COMMENT_PREFIX = "# ";

    private static final Pattern TAG = Pattern.compile("@Requirement\\(([^)]*)\\)");
    private static final Pattern TAGGED = Pattern.compile("(?m)^[\\w ]*\\b(class|void) (\\w+)");
    private static final Pattern ID = Pattern.compile("\"([^\"]+)\"");

    /** A specification whose rules tests name. */
    public enum Specification {
        MQTT_SN_1_2(
                "mqtt-sn-1.2-requirements.tsv",
                "spec-coverage-1.2.md",
                "gateway",
                "id | section | strength | rule",
                """
                # MQTT-SN 1.2: which test checks which rule

                Generated from the tests' `@Requirement` tags; the build fails when it is out of date. To write it again:

                    java testkit/src/main/java/io/causeway/testkit/SpecCoverage.java

                Sections are those of the specification of November 14, 2013, which has no key words in the sense of RFC 2119: the
                strength is our reading. `~` marks what is not in the text itself, but follows from MQTT, or from datagrams being
                lost, duplicated and reordered. A dash instead of tests: the rule asks nothing of this gateway, because it is advice
                to operators, an option not taken, or about a mode that is not there.
                """),
        MQTT_SN_1_2_CLIENT(
                "mqtt-sn-1.2-client-requirements.tsv",
                "spec-coverage-1.2-client.md",
                "client",
                "id | section | strength | rule",
                """
                # MQTT-SN 1.2: which test of the client checks which rule

                Generated from the tests' `@Requirement` tags; the build fails when it is out of date. To write it again:

                    java testkit/src/main/java/io/causeway/testkit/SpecCoverage.java

                The clients' side of the specification, for the [client library](client-library.md). Sections, strength and `~` are
                as in the [gateway's side](spec-coverage-1.2.md). A dash instead of tests: an option not taken.
                """),
        MQTT_5("mqtt-5-requirements.tsv", "spec-coverage-mqtt-5.md", "broker", "id | rule", """
                # MQTT 5: which test checks which rule

                Generated from the tests' `@Requirement` tags; the build fails when it is out of date. To write it again:

                    java testkit/src/main/java/io/causeway/testkit/SpecCoverage.java

                These are the numbered statements of the OASIS standard of March 7, 2019 (appendix B), each in few words: what it
                says exactly, only the standard tells. All are a MUST. A dash instead of tests: the rule is one for clients whose
                breach a server cannot notice, or the broker gives no occasion for it.
                """);

        private final Path table;
        private final Path report;
        private final String subject;
        private final String columns;
        private final String introduction;

        Specification(String table, String report, String subject, String columns, String introduction) {
            this.table = TABLES.resolve(table);
            this.report = REPORTS.resolve(report);
            this.subject = subject;
            this.columns = columns;
            this.introduction = introduction;
        }

        /** Where its report is, in the repository. */
        public Path report() {
            return report;
        }

        private int columnCount() {
            return columns.split("\\|").length;
        }
    }

    private final Map<Specification, List<Chapter>> chapters;
    private final Map<String, List<String>> testsById;

    private SpecCoverage(Map<Specification, List<Chapter>> chapters, Map<String, List<String>> testsById) {
        this.chapters = chapters;
        this.testsById = testsById;
    }

    /** Writes the reports of the repository that the working directory belongs to. */
    public static void main(String[] arguments) throws IOException {
        Path repository = repositoryAbove(Path.of(""));
        SpecCoverage coverage = ofRepository(repository);
        for (Specification specification : Specification.values()) {
            Files.writeString(repository.resolve(specification.report()), coverage.report(specification));
        }
    }

    /** @throws IOException if a source or a table of rules cannot be read */
    public static SpecCoverage ofRepository(Path repository) throws IOException {
        Map<Specification, List<Chapter>> chapters = new EnumMap<>(Specification.class);
        for (Specification each : Specification.values()) {
            chapters.put(each, chaptersOf(each, Files.readAllLines(repository.resolve(each.table))));
        }
        Map<String, List<String>> testsById = new TreeMap<>();
        for (Path source : testSources(repository)) {
            String className = source.getFileName().toString().replace(".java", "");
            String path = repository.relativize(source).toString().replace('\\', '/');
            for (Tag tag : tagsIn(className, Files.readString(source))) {
                testsById
                        .computeIfAbsent(tag.id(), unused -> new ArrayList<>())
                        .add("[%s](../%s)".formatted(tag.test(), path));
            }
        }
        return new SpecCoverage(chapters, testsById);
    }

    /** @throws IllegalArgumentException if the directory is in no repository of this project */
    public static Path repositoryAbove(Path directory) {
        for (Path above = directory.toAbsolutePath(); above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(TABLES))) {
                return above;
            }
        }
        throw new IllegalArgumentException("no " + TABLES + " above " + directory.toAbsolutePath());
    }

    /** The tags of a Java source, in their order, whether on a method or on the class. */
    static List<Tag> tagsIn(String className, String source) {
        List<Tag> tags = new ArrayList<>();
        Matcher tag = TAG.matcher(source);
        Matcher tagged = TAGGED.matcher(source);
        while (tag.find() && tagged.find(tag.end())) {
            String test = tagged.group(1).equals("class") ? tagged.group(2) : className + "." + tagged.group(2);
            ID.matcher(tag.group(1)).results().forEach(id -> tags.add(new Tag(id.group(1), test)));
        }
        return tags;
    }

    /** Ids of tags that no rule has: misspelt. */
    public List<String> unknownIds() {
        Set<String> known =
                chapters.keySet().stream().flatMap(this::rules).map(Rule::id).collect(Collectors.toSet());
        return testsById.keySet().stream().filter(id -> !known.contains(id)).toList();
    }

    /** The report as Markdown. */
    public String report(Specification specification) {
        long rules = rules(specification).filter(Rule::concernsUs).count();
        long tested = rules(specification)
                .filter(Rule::concernsUs)
                .filter(this::isTested)
                .count();
        StringBuilder report = new StringBuilder(specification.introduction);
        report.append("\n**%d of %d rules** for the %s are named by a test.\n"
                .formatted(tested, rules, specification.subject));
        for (Chapter chapter : chapters.getOrDefault(specification, List.of())) {
            report.append("\n## %s\n\n".formatted(chapter.title()));
            report.append("| %s | tests |\n".formatted(specification.columns));
            report.append("|---".repeat(specification.columnCount() + 1)).append("|\n");
            for (Rule rule : chapter.rules()) {
                report.append("| %s | %s |\n".formatted(String.join(" | ", rule.cells()), testsOf(rule)));
            }
        }
        return report.toString();
    }

    private Stream<Rule> rules(Specification specification) {
        return chapters.getOrDefault(specification, List.of()).stream().flatMap(chapter -> chapter.rules().stream());
    }

    private boolean isTested(Rule rule) {
        return testsById.containsKey(rule.id());
    }

    private String testsOf(Rule rule) {
        return String.join("<br>", testsById.getOrDefault(rule.id(), List.of(rule.whenUntested())));
    }

    private static List<Path> testSources(Path repository) throws IOException {
        try (Stream<Path> modules = Files.list(repository)) {
            return modules.map(module -> module.resolve(Path.of("src", "test", "java")))
                    .filter(Files::isDirectory)
                    .flatMap(SpecCoverage::javaFilesBelow)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> javaFilesBelow(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Chapter> chaptersOf(Specification specification, List<String> lines) {
        List<Chapter> chapters = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(CHAPTER_PREFIX)) {
                chapters.add(new Chapter(line.substring(CHAPTER_PREFIX.length()), new ArrayList<>()));
            } else if (!line.startsWith(COMMENT_PREFIX)) {
                chapters.get(chapters.size() - 1).rules().add(Rule.of(specification, line));
            }
        }
        return chapters;
    }

    /** Says that a test, {@code Class.method} or all of {@code Class}, names a rule. */
    record Tag(String id, String test) {}

    private record Chapter(String title, List<Rule> rules) {}

    /**
     * A line of the table.
     *
     * @param cells what the report shows of it, the id first
     * @param subject whose rule it is, such as "gateway" or "server"; "-" if it asks nothing of us, with or without the reason
     */
    private record Rule(List<String> cells, String subject) {
        static Rule of(Specification specification, String line) {
            List<String> cells = List.of(line.split("\t", -1));
            int shown = specification.columnCount();
            if (cells.size() != shown + 1) {
                throw new IllegalArgumentException("not " + (shown + 1) + " columns: " + line);
            }
            return new Rule(cells.subList(0, shown), cells.get(shown));
        }

        String id() {
            return cells.get(0);
        }

        boolean concernsUs() {
            return !subject.startsWith("-");
        }

        String whenUntested() {
            return concernsUs() ? "**none**" : subject.replaceFirst("-", "–");
        }
    }
}
