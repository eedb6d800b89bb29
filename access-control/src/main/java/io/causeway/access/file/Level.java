package io.causeway.access.file;

import io.causeway.access.Identity;

/** One level of a rule's filter. */
sealed interface Level {
    /** Whether it means the level of a topic name, or all that the level of a topic filter means. */
    boolean covers(String topicOrFilter, int from, int to, Identity client);

    /** A level with this name. */
    record Named(String name) implements Level {
        @Override
        public boolean covers(String topicOrFilter, int from, int to, Identity client) {
            return isLevel(name, topicOrFilter, from, to);
        }
    }

    /** Levels with any name. */
    enum Wildcard implements Level {
        ONE("+"),
        /** Always last; who walks the levels stops at it. */
        REST("#");

        private final String sign;

        Wildcard(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        /** Whether this stands at a level of a filter. */
        boolean isAt(String filter, int from, int to) {
            return isLevel(sign, filter, from, to);
        }

        @Override
        public boolean covers(String topicOrFilter, int from, int to, Identity client) {
            return this == REST || !REST.isAt(topicOrFilter, from, to);
        }
    }

    /**
     * A level with the client's own name. What is no name of a level, because it is empty or holds a '/' or a wildcard,
     * is no level's name: a client cannot reach further by calling itself '#'.
     */
    enum Own implements Level {
        CLIENT("{client}", "%c"),
        USER("{user}", "%u");

        private final String sign;
        private final String mosquittoSign;

        Own(String sign, String mosquittoSign) {
            this.sign = sign;
            this.mosquittoSign = mosquittoSign;
        }

        boolean isWrittenAs(String text) {
            return text.equals(sign) || text.equals(mosquittoSign);
        }

        boolean isWithin(String text) {
            return text.contains(sign) || text.contains(mosquittoSign);
        }

        String sign() {
            return sign;
        }

        /** Whether the client has a name that can be one of a level. */
        boolean isKnownOf(Identity client) {
            String own = nameOf(client);
            return !own.isEmpty() && own.indexOf('/') < 0 && own.indexOf('+') < 0 && own.indexOf('#') < 0;
        }

        @Override
        public boolean covers(String topicOrFilter, int from, int to, Identity client) {
            return isLevel(nameOf(client), topicOrFilter, from, to) && isKnownOf(client);
        }

        private String nameOf(Identity client) {
            return this == CLIENT ? client.clientId() : client.user();
        }
    }

    private static boolean isLevel(String name, String topicOrFilter, int from, int to) {
        return to - from == name.length() && topicOrFilter.startsWith(name, from);
    }
}
