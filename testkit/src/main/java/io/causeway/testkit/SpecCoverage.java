package io.causeway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells which tests name which rule of MQTT-SN 1.2, from the tests' sources. Writes the report when started, for which it
 * needs no build:
 *
 * <pre>java testkit/src/main/java/io/causeway/testkit/SpecCoverage.java</pre>
 */
public final class SpecCoverage {
    /** Where the report is, in the repository. */
    public static final Path REPORT = Path.of("docs", "spec-coverage-1.2.md");

    private static final Path RULES = Path.of("testkit", "src", "main", "resources", "mqtt-sn-1.2-requirements.tsv");
    private static final String CHAPTER_PREFIX = "## ";
    private static final String COMMENT_PREFIX = "# ";

    private static final Pattern TAG = Pattern.compile("@Requirement\\(([^)]*)\\)");
    private static final Pattern TAGGED = Pattern.compile("(?m)^[\\w ]*\\b(class|void) (\\w+)");
    private static final Pattern ID = Pattern.compile("\"([^\"]+)\"");

    private static final String INTRODUCTION = """
            # MQTT-SN 1.2: which test checks which rule

            Generated from the tests' `@Requirement` tags; the build fails when it is out of date. To write it again:

                java testkit/src/main/java/io/causeway/testkit/SpecCoverage.java

            Sections are those of the specification of November 14, 2013, which has no key words in the sense of RFC 2119: the
            strength is our reading. `~` marks what is not in the text itself, but follows from MQTT, or from datagrams being
            lost, duplicated and reordered. A dash instead of tests: the rule asks nothing of this gateway, because it is advice
            to operators, an option not taken, or about a mode that is not there.
            """;

    private final List<Chapter> chapters;
    private final Map<String, List<String>> testsById;

    private SpecCoverage(List<Chapter> chapters, Map<String, List<String>> testsById) {
        this.chapters = chapters;
        this.testsById = testsById;
    }

    /** Writes the report of the repository that the working directory belongs to. */
    public static void main(String[] arguments) throws IOException {
        Path repository = repositoryAbove(Path.of(""));
        Files.writeString(repository.resolve(REPORT), ofRepository(repository).report());
    }

    /** @throws IOException if a source or the table of rules cannot be read */
    public static SpecCoverage ofRepository(Path repository) throws IOException {
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
        return new SpecCoverage(chaptersOf(Files.readAllLines(repository.resolve(RULES))), testsById);
    }

    /** @throws IllegalArgumentException if the directory is in no repository of this project */
    public static Path repositoryAbove(Path directory) {
        for (Path above = directory.toAbsolutePath(); above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(RULES))) {
                return above;
            }
        }
        throw new IllegalArgumentException("no " + RULES + " above " + directory.toAbsolutePath());
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

    /** Ids in the manner of 1.2 that no rule has: misspelt. */
    public List<String> unknownIds() {
        List<String> known = rules().map(Rule::id).toList();
        return testsById.keySet().stream()
                .filter(id -> id.startsWith("G-") || id.startsWith("W-"))
                .filter(id -> !known.contains(id))
                .toList();
    }

    /** The report as Markdown. */
    public String report() {
        long rules = rules().filter(Rule::concernsUs).count();
        long tested = rules().filter(Rule::concernsUs).filter(this::isTested).count();
        StringBuilder report = new StringBuilder(INTRODUCTION);
        report.append("\n**%d of %d rules** for the gateway are named by a test.\n".formatted(tested, rules));
        for (Chapter chapter : chapters) {
            report.append("\n## %s\n\n".formatted(chapter.title()));
            report.append("| id | section | strength | rule | tests |\n|---|---|---|---|---|\n");
            for (Rule rule : chapter.rules()) {
                report.append("| %s | %s | %s | %s | %s |\n"
                        .formatted(rule.id(), rule.section(), rule.strength(), rule.statement(), testsOf(rule)));
            }
        }
        return report.toString();
    }

    private Stream<Rule> rules() {
        return chapters.stream().flatMap(chapter -> chapter.rules().stream());
    }

    private boolean isTested(Rule rule) {
        return testsById.containsKey(rule.id());
    }

    private String testsOf(Rule rule) {
        String whenUntested = rule.concernsUs() ? "**none**" : "–";
        return String.join("<br>", testsById.getOrDefault(rule.id(), List.of(whenUntested)));
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

    private static List<Chapter> chaptersOf(List<String> lines) {
        List<Chapter> chapters = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(CHAPTER_PREFIX)) {
                chapters.add(new Chapter(line.substring(CHAPTER_PREFIX.length()), new ArrayList<>()));
            } else if (!line.startsWith(COMMENT_PREFIX)) {
                chapters.get(chapters.size() - 1).rules().add(Rule.of(line));
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
     * @param subject "gateway" or "codec"; "-" if it asks nothing of us
     */
    private record Rule(String id, String section, String strength, String statement, String subject) {
        static Rule of(String line) {
            String[] columns = line.split("\t", -1);
            if (columns.length != 5) {
                throw new IllegalArgumentException("not five columns: " + line);
            }
            return new Rule(columns[0], columns[1], columns[2], columns[3], columns[4]);
        }

        boolean concernsUs() {
            return !subject.equals("-");
        }
    }
}
