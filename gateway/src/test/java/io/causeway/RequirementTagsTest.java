package io.causeway;

import io.causeway.testkit.SpecCoverage;
import io.causeway.testkit.SpecCoverage.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The tags of all modules' tests against the rules of the specifications. */
class RequirementTagsTest {
    private final Path repository = SpecCoverage.repositoryAbove(Path.of(""));

    @Test
    void tags_nameRulesThatThereAre() throws IOException {
        assertThat(SpecCoverage.ofRepository(repository).unknownIds()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void coverageReport_isUpToDate(Specification specification) throws IOException {
        String written = Files.readString(repository.resolve(specification.report()));

        assertThat(written.equals(SpecCoverage.ofRepository(repository).report(specification)))
                .as(
                        "%s is out of date; to write it again: java %s",
                        specification.report(), "testkit/src/main/java/io/causeway/testkit/SpecCoverage.java")
                .isTrue();
    }
}
