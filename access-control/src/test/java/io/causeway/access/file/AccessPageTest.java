package io.causeway.access.file;

import io.causeway.access.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/access.md says of its example is true. */
class AccessPageTest {
    private static final Path PAGE = Path.of("..", "docs", "access.md");
    private static final Pattern ROW = Pattern.compile("\\| (client|user) `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern DEED = Pattern.compile("(publish|receive) `([^`]+)`");

    /** One cell's claim about one topic. */
    record Claim(Identity who, String deed, String topic, boolean allowed) {}

    static List<Claim> claims() throws IOException {
        List<Claim> claims = new ArrayList<>();
        Matcher rows = ROW.matcher(Files.readString(PAGE));
        while (rows.find()) {
            Identity who = rows.group(1).equals("client")
                    ? Identity.anonymous(rows.group(2))
                    : new Identity("phone", rows.group(2));
            deeds(rows.group(3))
                    .map(each -> new Claim(who, each.group(1), each.group(2), true))
                    .forEach(claims::add);
            deeds(rows.group(4))
                    .map(each -> new Claim(who, each.group(1), each.group(2), false))
                    .forEach(claims::add);
        }
        return claims;
    }

    @ParameterizedTest
    @MethodSource("claims")
    void claimOfThePage_isTrue(Claim claim) throws Exception {
        AccessRules rules = exampleRules();

        boolean allowed = claim.deed().equals("publish")
                ? rules.mayPublish(claim.who(), claim.topic())
                : rules.mayReceive(claim.who(), claim.topic());
        assertThat(allowed).isEqualTo(claim.allowed());
    }

    @Test
    void claimsOfThePage_areFound() throws Exception {
        assertThat(claims()).hasSizeGreaterThan(20);
    }

    private static Stream<MatchResult> deeds(String cell) {
        return DEED.matcher(cell).results();
    }

    private static AccessRules exampleRules() throws IOException, AccessFileException {
        String chapter = Files.readString(PAGE).split("\n## Rules\n", 2)[1];
        String example = chapter.split("\n```\n", 3)[1];
        return AccessRulesReader.read(new TextFile("acl", example.lines().toList()));
    }
}
