package io.causeway.session;

import io.causeway.access.ClientPattern;
import io.causeway.session.PredefinedTopics.ClientView;
import io.causeway.session.PredefinedTopics.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PredefinedTopicsTest {
    @Test
    void topicForEverybody_isFoundBothWaysByAllClientsAndByNobody() {
        PredefinedTopics topics = topics(entry(1, "plant/state", "*"));

        for (ClientView view : List.of(topics.forClient("any"), topics.forEverybody())) {
            assertThat(view.topicOf(1)).contains("plant/state");
            assertThat(view.aliasOf("plant/state")).contains(1);
            assertThat(view.topicOf(2)).isEmpty();
            assertThat(view.aliasOf("other")).isEmpty();
        }
    }

    @Test
    void topicForSomeClients_isFoundByThemOnly() {
        PredefinedTopics topics = topics(entry(1, "pump/state", "pump-*"));

        assertThat(topics.forClient("pump-7").topicOf(1)).contains("pump/state");
        assertThat(topics.forClient("valve-7").topicOf(1)).isEmpty();
        assertThat(topics.forEverybody().topicOf(1)).isEmpty();
    }

    @Test
    void clientInAName_isReplacedByTheIdAndUnknownToNobody() {
        PredefinedTopics topics = topics(entry(1, "plant/{client}/{client}", "*"));

        assertThat(topics.forClient("pump-7").topicOf(1)).contains("plant/pump-7/pump-7");
        assertThat(topics.forClient("pump-7").aliasOf("plant/pump-7/pump-7")).contains(1);
        assertThat(topics.forEverybody().topicOf(1)).isEmpty();
    }

    @Test
    void narrowerPattern_countsWhateverTheOrder() {
        Entry all = entry(1, "all", "*");
        Entry pumps = entry(1, "pumps", "pump-*");

        for (PredefinedTopics topics : List.of(topics(all, pumps), topics(pumps, all))) {
            assertThat(topics.forClient("pump-7").topicOf(1)).contains("pumps");
            assertThat(topics.forClient("pump-7").aliasOf("all")).isEmpty();
            assertThat(topics.forClient("valve").topicOf(1)).contains("all");
        }
    }

    @Test
    void topicWithSeveralAliases_isNamedByTheLowest() {
        PredefinedTopics topics = topics(entry(7, "t", "*"), entry(3, "t", "pump-*"), entry(5, "t", "*"));

        assertThat(topics.forClient("pump-7").aliasOf("t")).contains(3);
        assertThat(topics.forEverybody().aliasOf("t")).contains(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a+", "#"})
    void idThatWouldChangeATopicItIsPartOf_isNotAccepted(String clientId) {
        PredefinedTopics topics = topics(entry(1, "plant/{client}", "*"));

        assertThat(topics.acceptsClientId(clientId)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a+", "#"})
    void sameId_isAcceptedWhereNoTopicNamesIt(String clientId) {
        PredefinedTopics topics = topics(entry(1, "plant/{client}", "pump-*"), entry(2, "plant/state", "*"));

        assertThat(topics.acceptsClientId(clientId)).isTrue();
        assertThat(topics.acceptsClientId("pump-" + clientId)).isFalse();
    }

    @Test
    void withoutTopics_nothingIsFound() {
        assertThat(PredefinedTopics.none().forClient("any").topicOf(1)).isEmpty();
        assertThat(PredefinedTopics.none().acceptsClientId("a/b")).isTrue();
    }

    private static PredefinedTopics topics(Entry... entries) {
        return new PredefinedTopics(List.of(entries));
    }

    private static Entry entry(int alias, String name, String clients) {
        return new Entry(alias, name, new ClientPattern(clients));
    }
}
