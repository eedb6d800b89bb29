package io.causeway.broker.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages sent and not acknowledged, by packet id. A table that is indexed by the id's low bits: an id is given out only
 * if its place is free, so there are no collisions and nothing is allocated per message. Owned by the session's loop.
 */
final class InFlight {
    private static final int FIRST_CAPACITY = 8;
    private static final int CAPACITY_OF_ALL_IDS = 0x1_0000;
    private static final int LAST_ID = 0xFFFF;

    /** A power of two long; null while nothing was sent. */
    private @Nullable OutgoingPublish @Nullable [] places;

    private int size;
    private int lastId;

    /** Gives the message a packet id that is not in use [MQTT-2.2.1-4]. There must be less than 65,535 in flight. */
    void add(OutgoingPublish publish) {
        @Nullable OutgoingPublish[] table = placesForOneMore();
        do {
            lastId = lastId == LAST_ID ? 1 : lastId + 1;
        } while (table[lastId & (table.length - 1)] != null);
        publish.assign(lastId);
        table[lastId & (table.length - 1)] = publish;
        size++;
    }

    /**
     * Takes up a message of a stored session under the id that it has.
     *
     * @throws IllegalStateException if another one has it
     */
    void restore(OutgoingPublish publish, int packetId) {
        if (get(packetId) != null) {
            throw new IllegalStateException("two messages with packet id " + packetId);
        }
        publish.assign(packetId);
        @Nullable OutgoingPublish[] table = placesForOneMore();
        while (table[packetId & (table.length - 1)] != null) {
            table = grow(table);
        }
        table[packetId & (table.length - 1)] = publish;
        size++;
    }

    @Nullable
    OutgoingPublish get(int packetId) {
        @Nullable OutgoingPublish[] table = places;
        if (table == null) {
            return null;
        }
        OutgoingPublish there = table[packetId & (table.length - 1)];
        return there != null && there.packetId() == packetId ? there : null;
    }

    void remove(OutgoingPublish publish) {
        @Nullable OutgoingPublish[] table = places;
        if (table != null && get(publish.packetId()) == publish) {
            table[publish.packetId() & (table.length - 1)] = null;
            size--;
        }
    }

    int size() {
        return size;
    }

    /** In the order in which they were first sent, which is that of their sequence. */
    List<OutgoingPublish> inOrder() {
        List<OutgoingPublish> all = new ArrayList<>(size);
        @Nullable OutgoingPublish[] table = places;
        if (table != null) {
            for (OutgoingPublish each : table) {
                if (each != null) {
                    all.add(each);
                }
            }
        }
        all.sort(Comparator.comparingLong(OutgoingPublish::sequence));
        return all;
    }

    int lastId() {
        return lastId;
    }

    void setLastId(int newLastId) {
        lastId = newLastId;
    }

    private @Nullable OutgoingPublish[] placesForOneMore() {
        @Nullable OutgoingPublish[] table = places;
        if (table == null) {
            table = new OutgoingPublish[FIRST_CAPACITY];
            places = table;
        }
        // Half of the places stay free, so that a free one is soon found.
        return size < table.length / 2 || table.length == CAPACITY_OF_ALL_IDS ? table : grow(table);
    }

    /** Two ids that differ in their low bits differ in one bit more too: nothing can collide. */
    private @Nullable OutgoingPublish[] grow(@Nullable OutgoingPublish[] table) {
        @Nullable OutgoingPublish[] larger = new OutgoingPublish[table.length * 2];
        for (OutgoingPublish each : table) {
            if (each != null) {
                larger[each.packetId() & (larger.length - 1)] = each;
            }
        }
        places = larger;
        return larger;
    }
}
