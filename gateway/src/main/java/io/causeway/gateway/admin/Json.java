package io.causeway.gateway.admin;

import java.util.List;
import java.util.stream.Collectors;

/** The JSON that a health check is answered with. */
final class Json {
    private Json() {}

    /** {@code {"status":"ready"}}, or {@code {"status":"not ready","reasons":[...]}} if there are any. */
    static String health(String state, List<String> reasons) {
        if (reasons.isEmpty()) {
            return "{\"status\":" + string(state) + "}\n";
        }
        return "{\"status\":" + string("not " + state) + ",\"reasons\":"
                + reasons.stream().map(Json::string).collect(Collectors.joining(",", "[", "]"))
                + "}\n";
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
