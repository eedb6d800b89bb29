package io.causeway.store.sqlite;

import io.causeway.store.Change;
import io.causeway.store.StoredReceived;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GroupTest {
    private static final long NOW = 0;

    @Test
    void cameAndWent_isNothing() {
        assertThat(sizeOf(putMessage(1), new Change.MarkMessage(1, 1, 5, false), new Change.RemoveMessage(1, 1)))
                .isZero();
        assertThat(sizeOf(new Change.PutForward(Samples.forward(1, "north", NOW)), new Change.RemoveForward(1)))
                .isZero();
    }

    @Test
    void cameBeforeAndWent_isARemoval() {
        assertThat(sizeOf(new Change.MarkMessage(1, 1, 5, false), new Change.RemoveMessage(1, 1)))
                .isEqualTo(1);
    }

    @Test
    void ofTheSameThing_theLastCounts() {
        assertThat(sizeOf(
                        new Change.PutReceived(1, new StoredReceived(1, 1)),
                        new Change.PutReceived(1, new StoredReceived(1, 2)),
                        new Change.PutSession(Samples.session(1, NOW)),
                        new Change.PutSession(Samples.session(1, NOW)),
                        new Change.MarkForward(9, 1, false),
                        new Change.MarkForward(9, 1, true)))
                .isEqualTo(3);
    }

    @Test
    void markedInTheSameGroup_isWrittenWithItsMark() {
        Group group = new Group();
        group.add(putMessage(1));
        group.add(new Change.MarkMessage(1, 1, 5, true));

        assertThat(group.sessions()).singleElement().satisfies(session -> {
            assertThat(session.messages.marks()).isEmpty();
            assertThat(session.messages.rows()).singleElement().satisfies(message -> {
                assertThat(message.packetId()).isEqualTo(5);
                assertThat(message.released()).isTrue();
            });
        });
    }

    @Test
    void sessionRemoved_swallowsWhatBelongedToIt() {
        assertThat(sizeOf(
                        new Change.PutSession(Samples.session(1, NOW)),
                        putMessage(1),
                        new Change.PutSubscription(1, Samples.subscription("a")),
                        new Change.RemoveSubscription(1, "b"),
                        new Change.RemoveSession(1)))
                .isEqualTo(1);
    }

    @Test
    void markOfWhatWasRemoved_isNothing() {
        assertThat(sizeOf(new Change.RemoveMessage(1, 1), new Change.MarkMessage(1, 1, 5, false)))
                .isEqualTo(1);
    }

    private static Change putMessage(long sequence) {
        return new Change.PutMessage(1, Samples.queued(sequence, Samples.message("t", "x")));
    }

    private static int sizeOf(Change... changes) {
        Group group = new Group();
        for (Change each : changes) {
            group.add(each);
        }
        return group.size();
    }
}
