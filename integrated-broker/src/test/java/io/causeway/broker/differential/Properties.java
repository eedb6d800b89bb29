package io.causeway.broker.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The properties of a packet. Values are text, numbers in decimal, so that they compare and print well.
 *
 * @param values in the order of the packet where a property occurs more than once
 */
record Properties(NavigableMap<Property, List<String>> values) {
    static final Properties NONE = new Properties(new TreeMap<>());

    Properties {
        values = Collections.unmodifiableNavigableMap(new TreeMap<>(values));
    }

    /** These and one more. */
    Properties with(Property property, String value) {
        NavigableMap<Property, List<String>> more = new TreeMap<>(values);
        List<String> all = new ArrayList<>(more.getOrDefault(property, List.of()));
        all.add(value);
        more.put(property, List.copyOf(all));
        return new Properties(more);
    }

    Properties with(Property property, long value) {
        return with(property, Long.toString(value));
    }

    Properties without(Property... unwanted) {
        NavigableMap<Property, List<String>> less = new TreeMap<>(values);
        List.of(unwanted).forEach(less::remove);
        return new Properties(less);
    }

    Properties replacing(Property property, String value) {
        return values.containsKey(property) ? without(property).with(property, value) : this;
    }

    /** These and the other's values of one property, sorted. */
    Properties withAllOf(Property property, Properties other) {
        Properties all = without(property);
        List<String> both = Stream.of(this, other)
                .flatMap(each -> each.values.getOrDefault(property, List.of()).stream())
                .sorted()
                .toList();
        for (String value : both) {
            all = all.with(property, value);
        }
        return all;
    }

    Optional<String> first(Property property) {
        return values.getOrDefault(property, List.of()).stream().findFirst();
    }

    @Override
    public String toString() {
        return values.isEmpty() ? "" : values.toString();
    }
}
