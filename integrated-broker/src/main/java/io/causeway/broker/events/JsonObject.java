package io.causeway.broker.events;

/** Writes an object of JSON whose values are all text. */
final class JsonObject {
    private final StringBuilder json = new StringBuilder("{");

    JsonObject with(String name, String value) {
        if (json.length() > 1) {
            json.append(',');
        }
        string(name);
        json.append(':');
        string(value);
        return this;
    }

    @Override
    public String toString() {
        return json + "}";
    }

    private void string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
