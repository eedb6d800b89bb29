package io.causeway.gateway.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Runs command lines in this process and keeps what they print. Its fields may be read from any thread. */
final class Shell {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<Signals.Kind, Runnable> handlers = new EnumMap<>(Signals.Kind.class);
    private final Queue<String> typed = new ArrayDeque<>();
    private String input = "";
    private GatewayStarter starter = config -> {
        throw new StartException("no gateway in this test");
    };
    private ForwarderStarter forwarders = config -> {
        throw new StartException("no forwarder in this test");
    };

    Shell withInput(String text) {
        input = text;
        return this;
    }

    /** At a terminal, with what is typed there when it asks. */
    Shell withTyped(String... answers) {
        typed.addAll(List.of(answers));
        return this;
    }

    Shell withGateway(GatewayStarter gateway) {
        starter = gateway;
        return this;
    }

    Shell withForwarder(ForwarderStarter forwarder) {
        forwarders = forwarder;
        return this;
    }

    int execute(String... args) {
        Console console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                question -> Optional.ofNullable(typed.poll()));
        return CausewayCommand.execute(console, this::on, starter, forwarders, args);
    }

    /** Sends a signal to the command that runs. */
    void signal(Signals.Kind kind) {
        Runnable handler;
        synchronized (handlers) {
            handler = handlers.getOrDefault(kind, () -> {
                throw new AssertionError("nothing handles " + kind);
            });
        }
        handler.run();
    }

    /** Whether the command that runs handles a signal. */
    boolean handles(Signals.Kind kind) {
        synchronized (handlers) {
            return handlers.containsKey(kind);
        }
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    List<String> outLines() {
        return out().lines().toList();
    }

    byte[] outOctets() {
        return out.toByteArray();
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    List<String> errLines() {
        return err().lines().toList();
    }

    private void on(Signals.Kind kind, Runnable action) {
        synchronized (handlers) {
            handlers.put(kind, action);
        }
    }
}
