package io.causeway.gateway.cli;

import io.causeway.settings.ConfigException;
import io.causeway.store.sqlite.StoreCheck;
import io.causeway.store.sqlite.StoreException;
import io.causeway.store.sqlite.StoreInfo;
import io.causeway.store.sqlite.StoreMaintenance;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code causeway store}: looks into a data directory, and after it. Does nothing by itself. */
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        description = {
            "Look into a data directory, and after it.",
            "",
            "What must survive a restart of the gateway is in the file causeway.db of its data directory, an SQLite "
                    + "database."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway store info                               what is kept in ./data",
            "  causeway store check -c causeway.yaml             is it sound?",
            "  causeway store export -d /var/lib/causeway | jq   all of it"
        })
final class StoreCommand {
    private static final String OPTIONS = "%nOptions:%n";
    private static final String EXIT_CODES = "%nExit codes:%n";
    private static final String DONE = "0:Done.";
    private static final String FAILED = "1:It could not be done; a message says why.";
    private static final String WRONG_USAGE = "2:The command line or the configuration file is wrong.";

    private final Console console;

    StoreCommand(Console console) {
        this.console = console;
    }

    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            optionListHeading = OPTIONS,
            description = {
                "Print what is kept, and how much room it takes.",
                "",
                "Only reads, also while the gateway runs."
            },
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, FAILED, WRONG_USAGE})
    int info(@Mixin StoreLocation location) throws ConfigException, CommandFailure, StoreException {
        StoreInfo info = StoreMaintenance.of(location.directory()).info();
        PrintStream out = console.out();
        out.println(info.file() + ": schema version " + info.schemaVersion() + ", "
                + size(info.databaseOctets()) + " (" + size(info.freeOctets()) + " unused), write-ahead log "
                + size(info.logOctets()));
        out.printf(Locale.ROOT, "%-14s %10s %10s%n", "table", "rows", "size");
        for (StoreInfo.Content each : info.tables()) {
            out.printf(Locale.ROOT, "%-14s %10d %10s%n", each.table(), each.rows(), size(each.octets()));
        }
        for (StoreInfo.Journal each : info.journals()) {
            out.println("waiting for the broker of " + each.link() + ": " + each.messages() + " messages, "
                    + size(each.octets())
                    + each.oldest().map(time -> ", the oldest since " + time).orElse(""));
        }
        return CausewayCommand.DONE;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            optionListHeading = OPTIONS,
            description = {
                "Read everything that is kept, and say what is damaged.",
                "",
                "Only reads, also while the gateway runs."
            },
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {"0:All is sound.", "1:It is damaged, or cannot be read.", WRONG_USAGE})
    int check(@Mixin StoreLocation location) throws ConfigException, CommandFailure, StoreException {
        StoreCheck check = StoreMaintenance.check(location.directory());
        if (check.isSound()) {
            console.out().println(check.file() + ": sound, " + check.rows() + " rows");
            return CausewayCommand.DONE;
        }
        check.damages().forEach(each -> console.err().println(check.file() + ": " + each));
        console.err()
                .println(
                        "causeway: the store is damaged; 'causeway store export' saves what can be read, and a gateway "
                                + "starts anew when the files causeway.db* are moved away");
        return CausewayCommand.FAILED;
    }

    @Command(
            name = "compact",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            optionListHeading = OPTIONS,
            description = {
                "Give room back to the disk that the file does not use any more.",
                "",
                "Not while the gateway runs. Needs as much room again meanwhile. It is hardly ever needed: unused room "
                        + "is used again."
            },
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, FAILED, WRONG_USAGE})
    int compact(@Mixin StoreLocation location) throws ConfigException, CommandFailure, StoreException {
        StoreMaintenance store = StoreMaintenance.of(location.directory());
        long givenBack = Math.max(0, store.compact());
        console.out().println(store.info().file() + ": " + size(givenBack) + " given back");
        return CausewayCommand.DONE;
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            optionListHeading = OPTIONS,
            description = {
                "Print everything that is kept, each row as a line of JSON.",
                "",
                "Only reads, also while the gateway runs; all lines are of one moment. What cannot be decoded is printed "
                        + "as the octets that it is, and named at the end. The columns are those of the file, "
                        + "and may change with a new version. They hold what devices have published: keep them to "
                        + "yourself."
            },
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, "1:Something is damaged, or it could not be done; a message says what.", WRONG_USAGE})
    int export(@Mixin StoreLocation location) throws ConfigException, CommandFailure, StoreException {
        StoreMaintenance store = StoreMaintenance.of(location.directory());
        List<String> damages;
        try {
            Writer out = new BufferedWriter(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
            damages = store.export(out);
            out.flush();
        } catch (IOException e) {
            throw new CommandFailure("the lines cannot be written: " + e.getMessage());
        }
        if (console.out().checkError()) {
            throw new CommandFailure("the lines cannot be written");
        }
        if (damages.isEmpty()) {
            return CausewayCommand.DONE;
        }
        damages.forEach(console.err()::println);
        console.err().println("causeway: damages found: " + damages.size() + "; everything else has been exported");
        return CausewayCommand.FAILED;
    }

    /** As a human reads it. */
    private static String size(long octets) {
        String[] units = {"octets", "KiB", "MiB", "GiB"};
        double value = octets;
        int unit = 0;
        while (value >= 1_024 && unit < units.length - 1) {
            value /= 1_024;
            unit++;
        }
        return unit == 0 ? octets + " " + units[0] : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
