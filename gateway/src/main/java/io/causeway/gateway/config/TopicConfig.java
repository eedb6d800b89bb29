package io.causeway.gateway.config;

import io.causeway.access.ClientPattern;
import io.causeway.settings.Bounds;
import java.util.Objects;

/**
 * A predefined topic: an entry of {@code topics}. Of several entries that give the same id to a client, one for some
 * clients counts before one for all, and the last of them in the file.
 *
 * @param id 1 to 65534; 0x0000 and 0xFFFF are reserved (1.2 §5.3.11)
 * @param name the topic name; {@value #CLIENT} in it stands for the id of the client that uses the topic
 * @param clients the clients for which the id is known
 */
public record TopicConfig(int id, String name, ClientPattern clients) {
    /** What the client's id takes the place of. */
    public static final String CLIENT = "{client}";

    static final Bounds<Integer> IDS = new Bounds<>(1, 65_534);

    /** @throws IllegalArgumentException if the id is out of range, or the name is no topic name */
    public TopicConfig {
        IDS.require("id", id);
        TopicText.requireName(name);
        Objects.requireNonNull(clients);
    }
}
