package io.causeway.gateway.admin;

import java.util.List;
import java.util.stream.Collectors;

/** The JSON that requests are answered with. */
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

    /** {@code [{"link":"xbee /dev/ttyUSB0","address":"0013a20040a1b2c3",...},...]}; without a signal that is not known. */
    static String nodes(List<RadioNode> nodes) {
        return nodes.stream().map(Json::node).collect(Collectors.joining(",\n", "[", "]\n"));
    }

    private static String node(RadioNode node) {
        return "{\"link\":" + string(node.link())
                + ",\"address\":" + string(node.address())
                + (node.name().isEmpty() ? "" : ",\"name\":" + string(node.name()))
                + (node.signalDbm() == 0 ? "" : ",\"signal_dbm\":" + node.signalDbm())
                + ",\"heard_s_ago\":" + node.sinceHeard().toSeconds()
                + ",\"waiting\":" + node.waiting()
                + ",\"away\":" + node.away() + "}";
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
