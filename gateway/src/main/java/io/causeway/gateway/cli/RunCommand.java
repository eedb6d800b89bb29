package io.causeway.gateway.cli;

import io.causeway.gateway.config.GatewayConfig;
import io.causeway.settings.ConfigException;
import io.causeway.settings.ConfigProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code causeway run}: a gateway, until a signal ends it. All of it happens on the thread that calls; signals are
 * queued for it.
 */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        optionListHeading = "%nOptions:%n",
        description = {
            "Run the gateway until SIGTERM or SIGINT (Ctrl-C).",
            "",
            "Prints a line for each open endpoint, and 'ready' as soon as devices can be served. Without a file, devices "
                    + "on UDP port 1883 and MQTT clients of this machine on TCP port 1883 reach each other, and what "
                    + "must survive a restart is kept in ./data."
        },
        footerHeading = "%nSignals:%n",
        footer = {
            "  TERM, INT   what is under way is handed on or kept, at the most for two seconds",
            "  HUP         topics, clients and trace are read from the file again",
            "",
            "The log goes to standard error. 'causeway config' prints a file to start from."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The gateway was stopped by a signal.",
            "1:It could not be started, for instance because a port or the data directory is taken.",
            "2:The command line or the configuration file is wrong."
        })
final class RunCommand implements Callable<Integer> {
    /** Leaves time to end the process within the two seconds that are promised. */
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private static final long READY_POLL_MILLIS = 50;
    private static final int QUEUED_SIGNALS = 16;

    private final Console console;
    private final Signals signals;
    private final GatewayStarter starter;
    private final BlockingQueue<Signals.Kind> received = new ArrayBlockingQueue<>(QUEUED_SIGNALS);
    private ConfigSource source = ConfigSource.defaults();

    RunCommand(Console console, Signals signals, GatewayStarter starter) {
        this.console = console;
        this.signals = signals;
        this.starter = starter;
    }

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The settings; see 'causeway config'.")
    void readFrom(Path file) {
        source = ConfigSource.file(file);
    }

    @Override
    public Integer call() throws ConfigException, StartException, InterruptedException {
        GatewayConfig config = source.load();
        ProcessLog.useLevel(config.logLevel());
        for (Signals.Kind kind : Signals.Kind.values()) {
            signals.on(kind, () -> received.offer(kind));
        }
        RunningGateway gateway = starter.start(config);
        try {
            gateway.endpoints().forEach(console.out()::println);
            serve(gateway, config);
        } finally {
            gateway.close(DRAIN);
        }
        return CausewayCommand.DONE;
    }

    /** Returns when a signal says so. */
    private void serve(RunningGateway gateway, GatewayConfig started) throws InterruptedException {
        GatewayConfig config = started;
        boolean ready = false;
        while (true) {
            if (!ready && gateway.ready()) {
                ready = true;
                console.out().println("ready");
            }
            Signals.Kind signal = ready ? received.take() : received.poll(READY_POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (signal == Signals.Kind.HUP) {
                config = reload(gateway, config);
            } else if (signal != null) {
                return;
            }
        }
    }

    private GatewayConfig reload(RunningGateway gateway, GatewayConfig running) {
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        try {
            GatewayConfig read = source.load();
            GatewayConfig reloaded = running.withReloadableOf(read);
            gateway.reload(reloaded);
            log.info("topics, clients and trace have been read again");
            if (!reloaded.equals(read)) {
                log.warn("other settings have changed as well: they need a restart");
            }
            return reloaded;
        } catch (ConfigException e) {
            e.problems().stream().map(ConfigProblem::toString).forEach(log::error);
            log.error("the settings stay as they were");
            return running;
        }
    }
}
