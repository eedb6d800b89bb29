package io.causeway;

import io.causeway.testkit.SpecCoverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The tags of all modules' tests against the rules of the specification. */
class RequirementTagsTest {
    private final Path repository = SpecCoverage.repositoryAbove(Path.of(""));

    @Test
    void tags_nameRulesThatThereAre() throws IOException {
        assertThat(SpecCoverage.ofRepository(repository).unknownIds()).isEmpty();
    }

    @Test
    void coverageReport_isUpToDate() throws IOException {
        String written = Files.readString(repository.resolve(SpecCoverage.REPORT));

        assertThat(written.equals(SpecCoverage.ofRepository(repository).report()))
                .as(
                        "%s is out of date; to write it again: java %s",
                        SpecCoverage.REPORT, "testkit/src/main/java/io/causeway/testkit/SpecCoverage.java")
                .isTrue();
    }
}
