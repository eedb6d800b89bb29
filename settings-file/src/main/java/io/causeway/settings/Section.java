package io.causeway.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of the file while it is read. A key that is asked for is known; {@link #readBy} refuses the others. What
 * is wrong is noted at its place and the reading goes on with the fallback, so that one pass finds everything. Owned by
 * the one call that reads the file.
 */
public final class Section {
    private static final String KEYS = "keys with values";

    private final Origin origin;
    private final String path;
    private final Node place;
    private final Map<String, Entry> entries;
    private final Set<String> known = new LinkedHashSet<>();

    private record Entry(Node key, Node value) {}

    private Section(Origin origin, String path, Node place, Map<String, Entry> entries) {
        this.origin = origin;
        this.path = path;
        this.place = place;
        this.entries = entries;
    }

    /** The mapping at this node; empty if it is none, and then that is noted. */
    static Optional<Section> of(Origin origin, String path, Node node) {
        return of(origin, path, node, KEYS);
    }

    private static Optional<Section> of(Origin origin, String path, Node node, String allowed) {
        if (!(node instanceof MappingNode mapping)) {
            origin.refuse(node, path, "this is " + kindOf(node), allowed);
            return Optional.empty();
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            add(origin, path, entries, tuple);
        }
        return Optional.of(new Section(origin, path, node, entries));
    }

    private static void add(Origin origin, String path, Map<String, Entry> entries, NodeTuple tuple) {
        Node key = tuple.getKeyNode();
        if (!(key instanceof ScalarNode scalar)) {
            origin.refuse(key, path, "a key cannot be " + kindOf(key), "a word");
            return;
        }
        String name = scalar.getValue();
        Entry first = entries.putIfAbsent(name, new Entry(key, tuple.getValueNode()));
        if (first != null) {
            String line = first.key
                    .getStartMark()
                    .map(mark -> " in line " + (mark.getLine() + 1))
                    .orElse("");
            origin.refuse(key, join(path, name), "the key has been given before" + line, "each key once");
        }
    }

    public boolean has(String key) {
        return node(key).isPresent();
    }

    /** Whether the key is given as exactly this word. */
    public boolean is(String key, String word) {
        return node(key)
                .filter(node ->
                        node instanceof ScalarNode scalar && scalar.getValue().equals(word))
                .isPresent();
    }

    /** Whether the key is given as a list without entries. */
    public boolean isEmptyList(String key) {
        return node(key)
                .filter(node ->
                        node instanceof SequenceNode list && list.getValue().isEmpty())
                .isPresent();
    }

    /** The value of a key; the fallback if the key is absent or refused. */
    public <T> T value(String key, ValueType<T> type, T fallback) {
        return value(key, type).orElse(fallback);
    }

    /** The value of a key; empty if the key is absent or refused. */
    public <T> Optional<T> value(String key, ValueType<T> type) {
        return node(key).flatMap(node -> scalar(node, join(path, key), type));
    }

    /** The value of a key that must be there; empty if the key is refused. */
    public <T> Optional<T> required(String key, ValueType<T> type) {
        if (!has(key)) {
            origin.refuse(place, join(path, key), "the key is missing", type.allowed());
        }
        return value(key, type);
    }

    /** The values of a key that is a list, or one value alone; the fallback if it is absent. */
    public <T> List<T> values(String key, ValueType<T> type, List<T> fallback) {
        return node(key).map(node -> scalars(node, join(path, key), type)).orElse(fallback);
    }

    /** What a reader makes of the mapping under a key; the fallback if it is absent or refused. */
    public <T> T section(String key, Function<Section, T> reader, T fallback) {
        return section(key, KEYS, reader, fallback);
    }

    /** The same for a key of which the word {@code none}, if it is there, has been seen to before. */
    public <T> T sectionOrNone(String key, Function<Section, T> reader, T fallback) {
        return section(key, KEYS + ", none", reader, fallback);
    }

    private <T> T section(String key, String allowed, Function<Section, T> reader, T fallback) {
        return node(key)
                .flatMap(node -> of(origin, join(path, key), node, allowed))
                .map(section -> section.readBy(reader))
                .orElse(fallback);
    }

    /** What a reader makes of each mapping in the list under a key, without what it refuses; empty if it is absent. */
    public <T> List<T> sections(String key, Function<Section, Optional<T>> reader) {
        List<T> values = new ArrayList<>();
        node(key).ifPresent(node -> {
            int index = 0;
            for (Node item : items(node, join(path, key))) {
                of(origin, join(path, key) + "[" + index++ + "]", item)
                        .flatMap(section -> section.readBy(reader))
                        .ifPresent(values::add);
            }
        });
        return values;
    }

    /** A file that can be read; its path is relative to the directory of the configuration. */
    public ValueType<Path> file() {
        return new ValueType<>("a file that can be read", text -> {
            Path file = origin.resolve(text);
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new IllegalArgumentException("there is no file to read at " + file);
            }
            return file;
        });
    }

    /** A directory, there or to be made; its path is relative to the directory of the configuration. */
    public ValueType<Path> directory() {
        return new ValueType<>("a directory", text -> {
            Path directory = origin.resolve(ValueType.requireText(text)).normalize();
            if (Files.exists(directory) && !Files.isDirectory(directory)) {
                throw new IllegalArgumentException(directory + " is a file");
            }
            return directory;
        });
    }

    /**
     * What is built; empty if it refuses its arguments, and then the reason is noted at this section.
     *
     * @param allowed which arguments go together
     */
    public <T> Optional<T> build(String allowed, Supplier<T> builder) {
        try {
            return Optional.of(builder.get());
        } catch (IllegalArgumentException e) {
            origin.refuse(place, path, reason(e), allowed);
            return Optional.empty();
        }
    }

    /** Notes a mistake at the value of a key. */
    public void refuse(String key, String problem, String allowed) {
        origin.refuse(node(key).orElse(place), join(path, key), problem, allowed);
    }

    /** Accepts every key: the rest of this section cannot be judged. */
    public void ignoreRest() {
        known.addAll(entries.keySet());
    }

    /** What the reader makes of this section; refuses the keys that it did not ask for. */
    <T> T readBy(Function<Section, T> reader) {
        T value = reader.apply(this);
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                String meant = Spelling.closest(key, known)
                        .map(word -> ", did you mean '" + word + "'?")
                        .orElse("");
                origin.refuse(entry.key, join(path, key), "unknown key" + meant, String.join(", ", known));
            }
        });
        return value;
    }

    private Optional<Node> node(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    private List<Node> items(Node node, String key) {
        if (node instanceof SequenceNode list) {
            return list.getValue();
        }
        origin.refuse(node, key, "this is " + kindOf(node), "a list");
        return List.of();
    }

    private <T> List<T> scalars(Node node, String key, ValueType<T> type) {
        List<T> values = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            int index = 0;
            for (Node item : list.getValue()) {
                scalar(item, key + "[" + index++ + "]", type).ifPresent(values::add);
            }
        } else {
            scalar(node, key, type).ifPresent(values::add);
        }
        return values;
    }

    private <T> Optional<T> scalar(Node node, String key, ValueType<T> type) {
        if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            origin.refuse(node, key, "this is " + kindOf(node), type.allowed());
            return Optional.empty();
        }
        try {
            return Optional.of(type.parser().apply(origin.substitute(scalar.getValue())));
        } catch (IllegalArgumentException e) {
            origin.refuse(node, key, reason(e), type.allowed());
            return Optional.empty();
        }
    }

    private static String kindOf(Node node) {
        if (node.getTag().equals(Tag.NULL)) {
            return "empty";
        }
        return switch (node.getNodeType()) {
            case SCALAR -> "a single value";
            case SEQUENCE -> "a list";
            case MAPPING -> "a mapping";
            default -> "of no known kind";
        };
    }

    private static String reason(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
