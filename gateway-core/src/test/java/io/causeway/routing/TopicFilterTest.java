package io.causeway.routing;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TopicFilterTest {
    /** All filters and names of up to three levels out of these. */
    private static final List<String> FILTER_LEVELS = List.of("", "a", "b", "$s", "+", "#");

    private static final List<String> NAME_LEVELS = List.of("", "a", "b", "$s");
    private static final int MAX_MODEL_LEVELS = 3;
    /** One level deeper, since a '#' reaches deeper than any filter here. */
    private static final int MAX_NAME_LEVELS = 4;

    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "//", "#", "+", "+/#", "/#", "a/+/b", "+/+", "$SYS/#", " ", "a b"})
    void wellFormedFilter_isParsed(String value) {
        assertThat(TopicFilter.parse(value))
                .hasValueSatisfying(filter -> assertThat(filter.value()).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a+", "+a", "a/b+", "a#", "#a", "#/", "#/a", "a/#/b", "++", "+#", "##", "a\0b"})
    void malformedFilter_isNotParsed(String value) {
        assertThat(TopicFilter.parse(value)).isEmpty();
        assertThatThrownBy(() -> new TopicFilter(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lengthInUtf8_isBounded() {
        assertThat(TopicFilter.parse("n".repeat(65_535))).isPresent();
        assertThat(TopicFilter.parse("n".repeat(65_536))).isEmpty();
        assertThat(TopicFilter.parse("é".repeat(32_767))).isPresent();
        assertThat(TopicFilter.parse("é".repeat(32_768))).isEmpty();
    }

    @Test
    void levels_areBounded() {
        assertThat(TopicFilter.parse("/".repeat(199))).isPresent();
        assertThat(TopicFilter.parse("/".repeat(200))).isEmpty();
        assertThat(TopicName.isValid("a/".repeat(199) + "a")).isTrue();
        assertThat(TopicName.isValid("a/".repeat(200) + "a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a+", "+", "#", "a/#", "a\0"})
    void whatIsNoTopicName_isNotValid(String name) {
        assertThat(TopicName.isValid(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#,sport/tennis/player1",
        "sport/tennis/player1/#,sport/tennis/player1/score/wimbledon",
        "sport/#,sport",
        "sport/tennis/+,sport/tennis/player1",
        "sport/+,sport/",
        "+/+,/finance",
        "/+,/finance",
        "$SYS/#,$SYS/uptime",
        "$SYS/monitor/+,$SYS/monitor/Clients"
    })
    void examplesOfTheMqttSpecification_match(String filter, String topic) {
        assertThat(new TopicFilter(filter).matches(topic)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "sport/tennis/+,sport/tennis/player1/ranking",
        "sport/+,sport",
        "+,/finance",
        "#,$SYS/uptime",
        "+/monitor/Clients,$SYS/monitor/Clients",
        "ACCOUNTS,Accounts",
        "/finance,finance"
    })
    void examplesOfTheMqttSpecification_doNotMatch(String filter, String topic) {
        assertThat(new TopicFilter(filter).matches(topic)).isFalse();
    }

    @Test
    void everySmallFilterAndName_matchAsTheModelSays() {
        for (TopicFilter filter : smallFilters()) {
            for (String name : smallNames()) {
                assertThat(filter.matches(name))
                        .as("%s matches %s", filter.value(), name)
                        .isEqualTo(TopicModel.matches(filter.value(), name));
            }
        }
    }

    @Test
    void everySmallFilter_coversThoseWhoseTopicsItMatchesAll() {
        List<String> names = smallNames();
        List<TopicFilter> filters = smallFilters();
        for (TopicFilter narrow : filters) {
            List<String> meant = names.stream().filter(narrow::matches).toList();
            for (TopicFilter wide : filters) {
                assertThat(wide.covers(narrow))
                        .as("%s covers %s", wide.value(), narrow.value())
                        .isEqualTo(meant.stream().allMatch(wide::matches));
            }
        }
    }

    private static List<TopicFilter> smallFilters() {
        return combinations(FILTER_LEVELS, MAX_MODEL_LEVELS).stream()
                .flatMap(text -> TopicFilter.parse(text).stream())
                .toList();
    }

    private static List<String> smallNames() {
        return combinations(NAME_LEVELS, MAX_NAME_LEVELS).stream()
                .filter(TopicName::isValid)
                .toList();
    }

    private static List<String> combinations(List<String> levels, int maxLevels) {
        List<String> all = new ArrayList<>(levels);
        List<String> longest = levels;
        for (int i = 1; i < maxLevels; i++) {
            List<String> longer = new ArrayList<>();
            for (String beginning : longest) {
                levels.forEach(level -> longer.add(beginning + "/" + level));
            }
            all.addAll(longer);
            longest = longer;
        }
        return all;
    }
}
