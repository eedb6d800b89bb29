package io.causeway.simulator.report;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Pieces of a page. Text that comes in is escaped, because names in it come from files. */
final class Html {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private Html() {}

    /** Fills each {@code {{name}}} of a template; what is filled in is not looked at again. */
    static String fill(String template, Map<String, String> pieces) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(piece(place, pieces)));
    }

    private static String piece(MatchResult place, Map<String, String> pieces) {
        String piece = pieces.get(place.group(1));
        if (piece == null) {
            throw new IllegalStateException("nothing for " + place.group());
        }
        return piece;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String section(String title, String content) {
        return "<section>\n<h2>" + escape(title) + "</h2>\n" + content + "\n</section>";
    }

    /** Scrolls sideways by itself where it is too wide for the window. */
    static String table(String name, Table table) {
        String head = row(table, table.columns(), "col");
        String body = table.rows().stream().map(row -> row(table, row, "row")).collect(Collectors.joining("\n"));
        return """
                <div class="scroll" role="region" tabindex="0" aria-label="%s">
                <table%s>
                <thead>
                %s
                </thead>
                <tbody>
                %s
                </tbody>
                </table>
                </div>""".formatted(escape(name), table.words() == 1 ? " class=\"figures\"" : "", head, body);
    }

    private static String row(Table table, List<String> cells, String scope) {
        StringBuilder row = new StringBuilder("<tr>");
        for (int column = 0; column < cells.size(); column++) {
            String tag = column == 0 || scope.equals("col") ? "th" : "td";
            row.append('<').append(tag);
            if (tag.equals("th")) {
                row.append(" scope=\"").append(scope).append('"');
            }
            if (column >= table.words()) {
                row.append(" class=\"number\"");
            }
            row.append('>')
                    .append(escape(cells.get(column)))
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        return row.append("</tr>").toString();
    }
}
