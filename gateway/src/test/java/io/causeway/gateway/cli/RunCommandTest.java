package io.causeway.gateway.cli;

import io.causeway.access.ClientPattern;
import io.causeway.gateway.config.GatewayConfig;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class RunCommandTest {
    private final Shell shell = new Shell();
    private final RecordingGateway gateway = new RecordingGateway();

    @ParameterizedTest
    @EnumSource(names = {"TERM", "INT"})
    void signalToStop_drainsWithinTwoSecondsAndEnds(Signals.Kind signal) throws Exception {
        CompletableFuture<Integer> exitCode = start("run");
        awaitLine("ready");

        shell.signal(signal);

        assertThat(exitCode.get(10, SECONDS)).isZero();
        assertThat(gateway.drains)
                .singleElement()
                .satisfies(drain -> assertThat(drain).isLessThan(Duration.ofSeconds(2)));
    }

    @Test
    void start_printsEndpointsAndThenReady() throws Exception {
        gateway.ready = false;
        CompletableFuture<Integer> exitCode = start("run");
        awaitLine("UDP 0.0.0.0:1883");
        assertThat(shell.outLines()).doesNotContain("ready");

        gateway.ready = true;
        awaitLine("ready");

        stop(exitCode);
        assertThat(shell.outLines()).containsExactly("UDP 0.0.0.0:1883", "UDP [::]:1883", "ready");
    }

    @Test
    void signalToStopBeforeReady_ends() throws Exception {
        gateway.ready = false;
        CompletableFuture<Integer> exitCode = start("run");
        awaitLine("UDP 0.0.0.0:1883");

        stop(exitCode);

        assertThat(gateway.drains).hasSize(1);
    }

    @Test
    void withoutFile_theDefaultsHold() throws Exception {
        CompletableFuture<Integer> exitCode = start("run");
        awaitLine("ready");

        stop(exitCode);

        assertThat(gateway.started).containsExactly(GatewayConfig.DEFAULT);
    }

    @Test
    void hangUp_reloadsWhatCanBe(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("causeway.yaml");
        Files.writeString(file, "gateway-id: 7");
        CompletableFuture<Integer> exitCode = start("run", "-c", file.toString());
        awaitLine("ready");

        Files.writeString(file, "{gateway-id: 8, trace: [pump-7]}");
        shell.signal(Signals.Kind.HUP);
        await().until(() -> gateway.reloaded.size() == 1);

        stop(exitCode);
        assertThat(gateway.reloaded.get(0).gatewayId()).isEqualTo(7);
        assertThat(gateway.reloaded.get(0).trace()).containsExactly(new ClientPattern("pump-7"));
    }

    @Test
    void hangUpWithAWrongFile_changesNothing(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("causeway.yaml");
        Files.writeString(file, "trace: [a]");
        CompletableFuture<Integer> exitCode = start("run", "-c", file.toString());
        awaitLine("ready");

        Files.writeString(file, "trace: {");
        shell.signal(Signals.Kind.HUP);

        stop(exitCode);
        assertThat(gateway.reloaded).isEmpty();
    }

    @Test
    void wrongFile_startsNothing(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("causeway.yaml");
        Files.writeString(file, "gateway-id: 0");

        assertThat(start("run", "-c", file.toString()).get(10, SECONDS)).isEqualTo(2);
        assertThat(shell.err()).contains("gateway-id");
        assertThat(gateway.started).isEmpty();
    }

    @Test
    void takenPort_isExplainedWithTheSettingToChange() {
        shell.withGateway(config -> {
            throw StartException.cannotOpen(
                    "links[0].bind", new BindException("cannot listen on UDP 0.0.0.0:1883: Address already in use"));
        });

        assertThat(shell.execute("run")).isEqualTo(1);
        assertThat(shell.errLines())
                .containsExactly(
                        "causeway: cannot listen on UDP 0.0.0.0:1883: Address already in use; change links[0].bind");
    }

    private CompletableFuture<Integer> start(String... args) {
        shell.withGateway(gateway::start);
        return CompletableFuture.supplyAsync(() -> shell.execute(args));
    }

    private void awaitLine(String line) {
        await().until(() -> shell.outLines().contains(line));
    }

    private void stop(CompletableFuture<Integer> exitCode) throws Exception {
        shell.signal(Signals.Kind.TERM);
        assertThat(exitCode.get(10, SECONDS)).isZero();
    }

    private static final class RecordingGateway implements RunningGateway {
        private final List<GatewayConfig> started = new CopyOnWriteArrayList<>();
        private final List<GatewayConfig> reloaded = new CopyOnWriteArrayList<>();
        private final List<Duration> drains = new CopyOnWriteArrayList<>();
        private volatile boolean ready = true;

        private RunningGateway start(GatewayConfig config) {
            started.add(config);
            return this;
        }

        @Override
        public List<String> endpoints() {
            return List.of("UDP 0.0.0.0:1883", "UDP [::]:1883");
        }

        @Override
        public void reload(GatewayConfig config) {
            reloaded.add(config);
        }

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public void close(Duration drain) {
            drains.add(drain);
        }
    }
}
