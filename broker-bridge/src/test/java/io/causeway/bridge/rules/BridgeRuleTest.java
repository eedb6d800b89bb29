package io.causeway.bridge.rules;

import io.causeway.bridge.rules.BridgeRule.Direction;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BridgeRuleTest {
    @Test
    void prefixes_areExchanged() {
        BridgeRule rule = rule("sensors/#", "site/", "plants/7/");

        assertThat(rule.localFilter().value()).isEqualTo("site/sensors/#");
        assertThat(rule.remoteFilter().value()).isEqualTo("plants/7/sensors/#");
        assertThat(rule.toRemote("site/sensors/a")).contains("plants/7/sensors/a");
        assertThat(rule.toLocal("plants/7/sensors/a")).contains("site/sensors/a");
    }

    @Test
    void withoutPrefixes_namesAreTheSame() {
        BridgeRule rule = rule("#", "", "");

        assertThat(rule.toRemote("a/b")).contains("a/b");
        assertThat(rule.toLocal("a/b")).contains("a/b");
        assertThat(rule.toRemote("$SYS/broker/uptime")).isEmpty();
    }

    @Test
    void topicsOfNobody_doNotCross() {
        BridgeRule rule = rule("+/state", "site/", "far/");

        assertThat(rule.toRemote("site/pump/state")).contains("far/pump/state");
        assertThat(rule.toRemote("site/pump/other")).isEmpty();
        assertThat(rule.toRemote("elsewhere/pump/state")).isEmpty();
        assertThat(rule.toRemote("site/")).isEmpty();
    }

    @Test
    void dollarBehindAPrefix_isLikeAnyOtherCharacter() {
        BridgeRule rule = rule("#", "site/", "far/");

        assertThat(rule.toRemote("site/$devices/a")).contains("far/$devices/a");
        assertThat(rule.toLocal("far/$devices/a")).contains("site/$devices/a");
    }

    @Test
    void dollarAtTheBeginningOfTheOtherName_isNotMeantByAWildcard() {
        assertThat(rule("#", "site/", "").toRemote("site/$SYS/uptime")).isEmpty();
        assertThat(rule("$aws/#", "site/", "").toRemote("site/$aws/things")).contains("$aws/things");
    }

    @Test
    void levelAboveTheHash_isNotMeantIfThePrefixEndsThere() {
        BridgeRule rule = rule("#", "site/", "");

        assertThat(rule.localFilter().matches("site")).isTrue();
        assertThat(rule.toRemote("site")).isEmpty();
    }

    @Test
    void nameThatWouldBeTooLong_doesNotCross() {
        BridgeRule rule = rule("#", "", "p".repeat(100) + "/");

        assertThat(rule.toRemote("t".repeat(65_500))).isEmpty();
    }

    @Test
    void prefixThatMakesNoFilter_isRefused() {
        assertThatThrownBy(() -> rule("a/#", "x+/", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule("#", "", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sharedSubscription_isRefusedOnEitherSide() {
        assertThatThrownBy(() -> rule("$share/group/a", "", "x/")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule("a", "", "$share/group/")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void topicsOfTheBrokerHere_goOutAndAreNotBroughtIn() {
        TopicFilter all = new TopicFilter("$SYS/#");

        assertThatThrownBy(() -> new BridgeRule(all, Direction.IN, Qos.AT_LEAST_ONCE, "", "far/"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule("$SYS/#", "", "far/")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new BridgeRule(all, Direction.OUT, Qos.AT_LEAST_ONCE, "", "far/").toRemote("$SYS/uptime"))
                .contains("far/$SYS/uptime");
        assertThat(rule("$SYS/#", "far/", "").toLocal("$SYS/uptime")).contains("far/$SYS/uptime");
    }

    private static BridgeRule rule(String filter, String local, String remote) {
        return new BridgeRule(new TopicFilter(filter), Direction.BOTH, Qos.AT_LEAST_ONCE, local, remote);
    }
}
