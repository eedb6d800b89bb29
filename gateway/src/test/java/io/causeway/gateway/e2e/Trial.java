package io.causeway.gateway.e2e;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run of the simulator, as its commands make it.
 *
 * @param code what the command ends with
 * @param out  its report
 * @param err  its complaints
 */
record Trial(int code, String out, String err) {
    /**
     * Runs to the end.
     *
     * @param command one of the simulator's
     */
    static Trial of(Callable<Integer> command, List<String> args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args.toArray(String[]::new));
        return new Trial(code, out.toString(), err.toString());
    }

    /** Likewise, beside the caller. */
    static CompletableFuture<Trial> begin(Callable<Integer> command, List<String> args) {
        return CompletableFuture.supplyAsync(() -> of(command, args));
    }

    /** Every promise was kept, and no rule of a radio broken. */
    Trial assertKept() {
        assertThat(code).as(toString()).isZero();
        assertThat(out).contains("Every promise was kept");
        return this;
    }

    /** @param column of the table of messages, for instance {@code late} */
    long messages(String group, String column) {
        return figure(group, 0, column);
    }

    /** Likewise, of what the sensors of the group were sent. */
    long commands(String group, String column) {
        return figure(group, 1, column);
    }

    private long figure(String group, int rowsBelow, String column) {
        List<List<String>> table = out.lines()
                .dropWhile(line -> !line.equals("Messages"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .map(line -> List.of(line.strip().split(" +")))
                .toList();
        int index = table.get(0).indexOf(column);
        int row = table.stream().map(cells -> cells.get(0)).toList().indexOf(group) + rowsBelow;
        return Long.parseLong(table.get(row).get(index).replace(",", ""));
    }

    @Override
    public String toString() {
        return out + err;
    }
}
