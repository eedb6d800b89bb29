package io.causeway.bridge;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AnnouncementTest {
    private final Announcement announcement = new Announcement("link", true);

    @Test
    void accepted_isRepeated() {
        announcement.onAccepted(true);
        announcement.onUnanswered(true); // a broker that restarts

        assertThat(announcement.isDue()).isTrue();
    }

    @Test
    void refused_isLeftOutFromThenOn() {
        announcement.onRefused(true);
        assertThat(announcement.isDue()).isFalse();

        announcement.onAccepted(false);
        announcement.onUnanswered(false);
        assertThat(announcement.isDue()).isFalse();
    }

    @Test
    void refusedByABrokerThatTookItBefore_isLeftOut() {
        announcement.onAccepted(true);
        announcement.onRefused(true);

        assertThat(announcement.isDue()).isFalse();
    }

    @Test
    void unansweredBeforeAnythingWorked_isTriedTheOtherWay() {
        announcement.onUnanswered(true);
        assertThat(announcement.isDue()).isFalse();

        announcement.onUnanswered(false);
        assertThat(announcement.isDue()).isTrue();
    }

    @Test
    void acceptedAsAClientAfterAHangUp_isMadeAgainAtTheNextConnection() {
        announcement.onUnanswered(true); // by a proxy, whose broker was away
        announcement.onAccepted(false);
        assertThat(announcement.isDue()).isTrue();

        announcement.onUnanswered(true);
        assertThat(announcement.isDue()).isFalse();
    }

    @Test
    void unansweredAgainAndAgainAfterItWasAccepted_isLeftOutNowAndThen() {
        announcement.onAccepted(true);
        for (int i = 1; i < Announcement.PATIENCE; i++) {
            announcement.onUnanswered(true);
            assertThat(announcement.isDue()).isTrue();
        }

        announcement.onUnanswered(true);
        assertThat(announcement.isDue()).isFalse();
        announcement.onUnanswered(false);
        assertThat(announcement.isDue()).isTrue();
    }

    @Test
    void unansweredBetweenConnections_isForgivenByEach() {
        for (int i = 0; i < 3 * Announcement.PATIENCE; i++) {
            announcement.onAccepted(true);
            announcement.onUnanswered(true);
        }

        assertThat(announcement.isDue()).isTrue();
    }

    @Test
    void notWanted_isNeverMade() {
        Announcement none = new Announcement("link", false);
        none.onUnanswered(false);
        none.onRefused(false);
        none.onAccepted(false);

        assertThat(none.isDue()).isFalse();
    }
}
