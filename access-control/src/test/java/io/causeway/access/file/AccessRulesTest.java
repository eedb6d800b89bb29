package io.causeway.access.file;

import io.causeway.access.Identity;
import io.causeway.routing.TopicFilter;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AccessRulesTest {
    private static final Identity ALICE = new Identity("alice-phone", "alice");
    private static final Identity BOB = new Identity("bob-phone", "bob");
    private static final Identity PUMP = Identity.anonymous("pump-7");
    private static final Identity NO_SESSION = Identity.anonymous("");

    @Nested
    class WhomARuleIsFor {
        @Test
        void emptyFile_allowsNothing() throws Exception {
            AccessRules rules = rules("# nobody yet");

            assertThat(rules.mayPublish(ALICE, "a")).isFalse();
            assertThat(rules.mayReceive(PUMP, "a")).isFalse();
            assertThat(rules.maySubscribe(PUMP, new TopicFilter("a"))).isFalse();
        }

        @Test
        void rulesBeforeTheFirstUser_areForAnonymousClientsOnly() throws Exception {
            AccessRules rules = rules("topic a", "user alice", "topic b");

            assertThat(rules.mayPublish(PUMP, "a")).isTrue();
            assertThat(rules.mayPublish(NO_SESSION, "a")).isTrue();
            assertThat(rules.mayPublish(PUMP, "b")).isFalse();
            assertThat(rules.mayPublish(ALICE, "a")).isFalse();
            assertThat(rules.mayPublish(ALICE, "b")).isTrue();
            assertThat(rules.mayPublish(BOB, "b")).isFalse();
        }

        @Test
        void userNameWithSpaces_isOneName() throws Exception {
            AccessRules rules = rules("user CN of a certificate", "topic a");

            assertThat(rules.mayPublish(new Identity("c", "CN of a certificate"), "a"))
                    .isTrue();
        }

        @Test
        void userInTwoPlaces_hasTheRulesOfBoth() throws Exception {
            AccessRules rules = rules("user alice", "topic a", "user bob", "topic b", "user alice", "topic c");

            assertThat(rules.mayPublish(ALICE, "a")).isTrue();
            assertThat(rules.mayPublish(ALICE, "b")).isFalse();
            assertThat(rules.mayPublish(ALICE, "c")).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"client pump-7", "client pump-*", "client *", "client pump-?"})
        void clientRules_areForAnonymousClientsWithAFittingId(String client) throws Exception {
            AccessRules rules = rules(client, "topic a");

            assertThat(rules.mayPublish(PUMP, "a")).isTrue();
            assertThat(rules.mayPublish(NO_SESSION, "a")).isFalse();
        }

        @Test
        void userWhoChoosesTheIdOfAClient_doesNotGetItsRules() throws Exception {
            AccessRules rules = rules("client pump-7", "topic a", "client pump-*", "topic b");

            assertThat(rules.mayPublish(new Identity("pump-7", "alice"), "a")).isFalse();
            assertThat(rules.mayPublish(new Identity("pump-7", "alice"), "b")).isFalse();
        }

        @Test
        void severalFittingClientSections_addUp() throws Exception {
            AccessRules rules = rules("topic a", "client pump-*", "topic b", "client pump-7", "topic c");

            assertThat(List.of("a", "b", "c")).allMatch(topic -> rules.mayPublish(PUMP, topic));
        }

        @Test
        void patterns_areForEverybodyWhereverTheyStand() throws Exception {
            AccessRules rules = rules("user alice", "pattern read public/#", "client pump-7", "topic a");

            assertThat(List.of(ALICE, BOB, PUMP, NO_SESSION)).allMatch(each -> rules.mayReceive(each, "public/news"));
        }
    }

    @Nested
    class WhatARuleAllows {
        @ParameterizedTest
        @CsvSource({
            "topic a, true, true",
            "topic readwrite a, true, true",
            "topic read a, false, true",
            "topic write a, true, false",
            "topic deny a, false, false",
        })
        void access_isPublishingReceivingOrBoth(String rule, boolean mayPublish, boolean mayReceive) throws Exception {
            AccessRules rules = rules(rule);

            assertThat(rules.mayPublish(PUMP, "a")).isEqualTo(mayPublish);
            assertThat(rules.mayReceive(PUMP, "a")).isEqualTo(mayReceive);
            assertThat(rules.maySubscribe(PUMP, new TopicFilter("a"))).isEqualTo(mayReceive);
        }

        @Test
        void deny_isStrongerThanEveryOtherRuleWhereverItStands() throws Exception {
            AccessRules rules =
                    rules("topic #", "topic deny a/secret", "pattern deny b/secret", "client *", "topic deny c/secret");

            assertThat(rules.mayReceive(PUMP, "a/open")).isTrue();
            assertThat(List.of("a/secret", "b/secret", "c/secret")).noneMatch(topic -> rules.mayReceive(PUMP, topic));
        }

        @Test
        void filterWithSpaces_needsAnAccess() throws Exception {
            AccessRules rules = rules("topic read living room/lamp");

            assertThat(rules.mayReceive(PUMP, "living room/lamp")).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "a/b, a/b, true",
            "a/b, a, false",
            "a/b, a/b/c, false",
            "a/b, a/bc, false",
            "a/b, a/b/, false",
            "a/+, a/b, true",
            "a/+, a/, true",
            "a/+, a, false",
            "a/+/c, a/b/c, true",
            "a/+/c, a/b/d, false",
            "a/#, a, true",
            "a/#, a/b/c, true",
            "a/#, ab, false",
            "#, a/b, true",
            "+/+, /a, true",
            "#, $SYS/uptime, false",
            "+/uptime, $SYS/uptime, false",
            "$SYS/#, $SYS/uptime, true",
            "$SYS/#, SYS/uptime, false",
        })
        void filter_meansTheTopicsThatASubscriptionWouldMean(String filter, String topic, boolean means)
                throws Exception {
            assertThat(rules("topic " + filter).mayReceive(PUMP, topic)).isEqualTo(means);
            assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(means);
        }
    }

    @Nested
    class OwnNames {
        @ParameterizedTest
        @ValueSource(strings = {"pattern dev/{client}/#", "pattern dev/%c/#"})
        void client_isTheOwnIdAsOneLevel(String rule) throws Exception {
            AccessRules rules = rules(rule);

            assertThat(rules.mayPublish(PUMP, "dev/pump-7/temperature")).isTrue();
            assertThat(rules.mayPublish(PUMP, "dev/pump-8/temperature")).isFalse();
            assertThat(rules.mayPublish(ALICE, "dev/alice-phone/temperature")).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"pattern home/{user}/#", "pattern home/%u/#"})
        void user_isTheOwnNameAsOneLevel(String rule) throws Exception {
            AccessRules rules = rules(rule);

            assertThat(rules.mayPublish(ALICE, "home/alice/lamp")).isTrue();
            assertThat(rules.mayPublish(ALICE, "home/bob/lamp")).isFalse();
        }

        @Test
        void withoutAName_ruleAllowsNothing() throws Exception {
            AccessRules rules = rules("pattern home/{user}/#", "pattern dev/{client}/#");

            assertThat(rules.mayPublish(PUMP, "home//lamp")).isFalse();
            assertThat(rules.maySubscribe(PUMP, new TopicFilter("home/#"))).isFalse();
            assertThat(rules.mayPublish(NO_SESSION, "dev//lamp")).isFalse();
        }

        @ParameterizedTest
        @CsvSource({"#", "+", "a/b", "a/#", "+/b", "/"})
        void nameThatIsNoLevel_neverWidensARule(String name) throws Exception {
            AccessRules rules = rules("pattern dev/{client}/x", "pattern home/{user}/x");
            Identity client = Identity.anonymous(name);
            Identity user = new Identity(name, name);

            for (String level : List.of("a", "a/b", "b", "/", "a/", name)) {
                assertThat(rules.mayReceive(client, "dev/" + level + "/x")).isFalse();
                assertThat(rules.mayReceive(user, "home/" + level + "/x")).isFalse();
            }
            assertThat(rules.maySubscribe(client, new TopicFilter("dev/+/x"))).isFalse();
            assertThat(rules.maySubscribe(client, new TopicFilter("dev/#"))).isFalse();
            assertThat(rules.maySubscribe(user, new TopicFilter("#"))).isFalse();
        }

        @Test
        void clientNamedLikeTheBrokersTopics_doesNotReachThem() throws Exception {
            AccessRules rules = rules("pattern {client}/#");

            assertThat(rules.mayReceive(Identity.anonymous("$SYS"), "$SYS/broker/uptime"))
                    .isFalse();
            assertThat(rules.mayReceive(Identity.anonymous("a"), "a/uptime")).isTrue();
        }
    }

    @Nested
    class Subscribing {
        @ParameterizedTest
        @ValueSource(strings = {"a/b/c", "a/b/+", "a/b/#", "a/+/c", "a/#", "+/+/c", "#", "a/b"})
        void filterThatMeetsWhatMayBeRead_isAllowedEvenIfWider(String filter) throws Exception {
            AccessRules rules = rules("topic read a/b/#", "topic deny a/b/c/secret");

            assertThat(rules.maySubscribe(PUMP, new TopicFilter(filter))).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"b", "a", "a/c/#", "a/+", "+/c/#", "$SYS/#", "a/b/x", "a/b/x/+", "a/b/x/#", "other/+/#"})
        void filterThatBringsNothing_isRefused(String filter) throws Exception {
            AccessRules rules = rules("topic read a/b/+/#", "topic deny a/b/x/#", "topic write other/#");

            assertThat(rules.maySubscribe(PUMP, new TopicFilter(filter))).isFalse();
        }

        @Test
        void broaderFilterThanWhatIsDenied_isAllowed() throws Exception {
            AccessRules rules = rules("topic read #", "topic deny a/+");

            assertThat(rules.maySubscribe(PUMP, new TopicFilter("a/b"))).isFalse();
            assertThat(rules.maySubscribe(PUMP, new TopicFilter("a/+"))).isFalse();
            assertThat(rules.maySubscribe(PUMP, new TopicFilter("a/#"))).isTrue();
            assertThat(rules.maySubscribe(PUMP, new TopicFilter("+/b"))).isTrue();
        }

        @Test
        void ownName_isMetByWildcards() throws Exception {
            AccessRules rules = rules("pattern read dev/{client}/command");

            assertThat(rules.maySubscribe(PUMP, new TopicFilter("dev/pump-7/command")))
                    .isTrue();
            assertThat(rules.maySubscribe(PUMP, new TopicFilter("dev/+/command")))
                    .isTrue();
            assertThat(rules.maySubscribe(PUMP, new TopicFilter("dev/#"))).isTrue();
            assertThat(rules.maySubscribe(PUMP, new TopicFilter("dev/pump-8/command")))
                    .isFalse();
        }
    }

    @Nested
    class Mistakes {
        @Test
        void mistakes_areNamedAllAtOnceWithWhatIsAllowed() {
            assertThat(problemsOf(
                            "# a comment",
                            "topics a",
                            "topic",
                            "topic read",
                            "topic reads a",
                            "topic a/#/b",
                            "topic read a+",
                            "topic $share/group/a",
                            "topic dev/{client}",
                            "pattern dev/%c-1",
                            "user",
                            "client"))
                    .containsExactly(
                            "acl:2: 'topics' begins no line of rules; allowed: topic, pattern, user, client, or a comment that begins with #",
                            "acl:3: nothing follows 'topic'; allowed: [read|write|readwrite|deny] FILTER",
                            "acl:4: nothing follows 'read'; allowed: a topic filter like plant/+/temperature or plant/#",
                            "acl:5: 'reads' is no kind of access; allowed: read, write, readwrite, deny",
                            "acl:6: 'a/#/b' is no topic filter; allowed: a topic filter like plant/+/temperature or plant/#",
                            "acl:7: 'a+' is no topic filter; allowed: a topic filter like plant/+/temperature or plant/#",
                            "acl:8: a rule is about topics, however they are subscribed to; allowed: what follows $share/GROUP/",
                            "acl:9: '{client}' stands for a name in a line that begins with pattern only",
                            "acl:10: '%c-1' is only partly a name; allowed: {client} as a whole level",
                            "acl:11: nothing follows 'user'; allowed: a user name",
                            "acl:12: nothing follows 'client'; allowed: a client id, with * and ? as wildcards");
        }

        @Test
        void indentationTabsAndWindowsLineEnds_areNoMistakes() throws Exception {
            AccessRules rules = rules("", "user\talice\r", "   topic  read\ta/#  \r", "  # more to come");

            assertThat(rules.mayReceive(ALICE, "a/b")).isTrue();
        }
    }

    private static List<String> problemsOf(String... lines) {
        try {
            rules(lines);
            return List.of();
        } catch (AccessFileException e) {
            return e.problems().stream().map(FileProblem::toString).toList();
        }
    }

    private static AccessRules rules(String... lines) throws AccessFileException {
        return AccessRulesReader.read(new TextFile("acl", List.of(lines)));
    }
}
