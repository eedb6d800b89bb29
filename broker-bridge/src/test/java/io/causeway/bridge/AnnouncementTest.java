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
    void notWanted_isNeverMade() {
        Announcement none = new Announcement("link", false);
        none.onUnanswered(false);
        none.onRefused(false);

        assertThat(none.isDue()).isFalse();
    }
}
