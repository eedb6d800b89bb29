package io.causeway.access.file;

import io.causeway.access.Identity;
import java.util.ArrayList;
import java.util.List;

/** Rules that hold for the same clients. Immutable; asked for every message, so nothing is allocated. */
final class RuleSet {
    static final RuleSet EMPTY = new Builder().build();

    private final RuleFilter[] denied;
    private final RuleFilter[] readable;
    private final RuleFilter[] writable;

    private RuleSet(Builder rules) {
        this.denied = rules.denied.toArray(RuleFilter[]::new);
        this.readable = rules.readable.toArray(RuleFilter[]::new);
        this.writable = rules.writable.toArray(RuleFilter[]::new);
    }

    Verdict onPublish(String topic, Identity client) {
        return verdict(writable, topic, client);
    }

    Verdict onReceive(String topic, Identity client) {
        return verdict(readable, topic, client);
    }

    /** Allowed if something of what the filter means may be read, denied if nothing of it may. */
    Verdict onSubscribe(String filter, Identity client) {
        if (anyCovers(denied, filter, client)) {
            return Verdict.DENIED;
        }
        for (RuleFilter each : readable) {
            if (each.meets(filter, client)) {
                return Verdict.ALLOWED;
            }
        }
        return Verdict.SILENT;
    }

    private Verdict verdict(RuleFilter[] allowed, String topic, Identity client) {
        if (anyCovers(denied, topic, client)) {
            return Verdict.DENIED;
        }
        return anyCovers(allowed, topic, client) ? Verdict.ALLOWED : Verdict.SILENT;
    }

    private static boolean anyCovers(RuleFilter[] filters, String topicOrFilter, Identity client) {
        for (RuleFilter each : filters) {
            if (each.covers(topicOrFilter, client)) {
                return true;
            }
        }
        return false;
    }

    /** Collects rules. Owned by the one call that reads the file. */
    static final class Builder {
        private final List<RuleFilter> denied = new ArrayList<>();
        private final List<RuleFilter> readable = new ArrayList<>();
        private final List<RuleFilter> writable = new ArrayList<>();

        void add(RuleAccess access, RuleFilter filter) {
            switch (access) {
                case READ -> readable.add(filter);
                case WRITE -> writable.add(filter);
                case READWRITE -> {
                    readable.add(filter);
                    writable.add(filter);
                }
                case DENY -> denied.add(filter);
            }
        }

        RuleSet build() {
            return new RuleSet(this);
        }
    }
}
