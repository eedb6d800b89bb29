package io.causeway.gateway.admin;

import java.util.List;
import java.util.stream.Collectors;

/** The JSON that a health check is answered with. */
final class Json {
    private Json() {}

    /**
     * {@code {"status":"ready"}}, or {@code {"status":"not ready","reasons":[...]}} if there are any; with
     * {@code "notes":[...]} if there are any.
     */
    static String health(String state, List<String> reasons, List<String> notes) {
        String status = reasons.isEmpty() ? state : "not " + state;
        return "{\"status\":" + string(status) + list("reasons", reasons) + list("notes", notes) + "}\n";
    }

    private static String list(String name, List<String> texts) {
        if (texts.isEmpty()) {
            return "";
        }
        return "," + string(name) + ":" + texts.stream().map(Json::string).collect(Collectors.joining(",", "[", "]"));
    }

    private static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
