package io.causeway.gateway.cli;

import io.causeway.gateway.runtime.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code run}, {@code pub} and {@code sub} with each other, over UDP on loopback. */
@Timeout(60)
class PubSubTest {
    private static final Pattern ENDPOINT = Pattern.compile("UDP /?127\\.0\\.0\\.1:(\\d+)");

    private final Path directory;
    private final Shell gateway = new Shell().withGateway(Gateway::start);
    private CompletableFuture<Integer> running = CompletableFuture.completedFuture(0);
    private String url = "";

    PubSubTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void runGateway() throws Exception {
        Path file = directory.resolve("causeway.yaml");
        Files.writeString(file, """
                links: [{type: udp, bind: "127.0.0.1:0"}]
                topics: [{id: 7, name: plant/pump}]
                clients: {allow: ["causeway-*", "tester"]}
                admin: none
                """);
        running = CompletableFuture.supplyAsync(() -> gateway.execute("run", "-c", file.toString()));
        await().until(() -> gateway.outLines().contains("ready"));
        Matcher endpoint = ENDPOINT.matcher(gateway.out());
        assertThat(endpoint.find()).isTrue();
        url = "udp://127.0.0.1:" + endpoint.group(1);
    }

    @AfterEach
    void stopGateway() throws Exception {
        gateway.signal(Signals.Kind.TERM);
        assertThat(running.get(10, SECONDS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2"})
    void message_comesToTheSubscriberWithItsQos(String qos) throws Exception {
        Subscriber subscriber = subscribe("-t", "plant/+", "-q", qos, "-C", "1", "--format", "%t %p %q %r");

        assertThat(pub("-t", "plant/valve", "-m", "on", "-q", qos)).isZero();

        assertThat(subscriber.exitCode.get(20, SECONDS)).isZero();
        assertThat(subscriber.shell.outLines()).containsExactly("plant/valve on " + qos + " 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--short ab", "--predefined 7"})
    void qosMinusOne_needsNoConnection(String target) throws Exception {
        Subscriber subscriber = subscribe("-v", "-t", "ab", "--predefined", "7", "-C", "1");

        assertThat(pub((target + " -m on -q -1").split(" ", -1))).isZero();

        assertThat(subscriber.exitCode.get(20, SECONDS)).isZero();
        assertThat(subscriber.shell.outLines()).containsExactly(target.startsWith("--short") ? "ab on" : "7 on");
    }

    @Test
    void linesOfStandardInput_areMessages() throws Exception {
        Subscriber subscriber = subscribe("-t", "log", "-C", "3");

        Shell publisher = new Shell().withInput("one\n\ntwo\n");
        assertThat(publisher.execute("pub", "-g", url, "-i", "tester", "-t", "log", "-l", "-q", "1"))
                .isZero();

        assertThat(subscriber.exitCode.get(20, SECONDS)).isZero();
        assertThat(subscriber.shell.outLines()).containsExactly("one", "", "two");
    }

    @Test
    void fileAndStandardInput_arePayloads() throws Exception {
        Path file = directory.resolve("reading.bin");
        Files.write(file, new byte[] {0, (byte) 0xff});
        Subscriber subscriber = subscribe("-t", "reading", "-C", "2", "--format", "%x");

        assertThat(pub("-t", "reading", "-f", file.toString())).isZero();
        Shell piped = new Shell().withInput("in");
        assertThat(piped.execute("pub", "-g", url, "-i", "tester", "-t", "reading", "-f", "-"))
                .isZero();

        assertThat(subscriber.exitCode.get(20, SECONDS)).isZero();
        assertThat(subscriber.shell.outLines()).containsExactly("00ff", "696e");
    }

    @Test
    void retainedMessage_comesToALaterSubscriber() throws Exception {
        assertThat(pub("-t", "plant/pump", "-m", "kept", "-r", "-q", "1")).isZero();

        Subscriber subscriber = subscribe("--predefined", "7", "-C", "1", "--format", "%t %p %r");

        assertThat(subscriber.exitCode.get(20, SECONDS)).isZero();
        assertThat(subscriber.shell.outLines()).containsExactly("7 kept 1");
    }

    @Test
    void signal_endsTheSubscriber() throws Exception {
        Subscriber subscriber = subscribe("-t", "plant/pump");

        subscriber.shell.signal(Signals.Kind.INT);

        assertThat(subscriber.exitCode.get(10, SECONDS)).isZero();
        assertThat(subscriber.shell.err()).isEmpty();
    }

    @Test
    void waitWithoutCount_endsAsAsked() throws Exception {
        assertThat(subscribe("-t", "plant/pump", "-W", "100ms").exitCode.get(10, SECONDS))
                .isZero();
    }

    @Test
    void waitForMessagesThatDoNotCome_fails() throws Exception {
        Subscriber subscriber = subscribe("-t", "plant/pump", "-C", "1", "-W", "100ms");

        assertThat(subscriber.exitCode.get(10, SECONDS)).isEqualTo(1);
        assertThat(subscriber.shell.errLines()).containsExactly("causeway: not all messages came in time");
    }

    @Test
    void subscriberWhoseIdConnectsAgain_endsAndSaysWhy() throws Exception {
        Subscriber first = subscribe("-i", "tester", "-t", "plant/pump");
        Subscriber second = subscribe("-i", "tester", "-t", "plant/pump", "-W", "1s");

        assertThat(first.exitCode.get(10, SECONDS)).isEqualTo(1);
        assertThat(first.shell.errLines())
                .singleElement()
                .asString()
                .matches("causeway: connection to 127\\.0\\.0\\.1:\\d+ lost: GATEWAY_DISCONNECT");
        assertThat(second.exitCode.get(10, SECONDS)).isZero();
    }

    @Test
    void clientThatIsNotAllowed_isRefused() {
        Shell stranger = new Shell();

        assertThat(stranger.execute("pub", "-g", url, "-i", "stranger", "-t", "a", "-m", "b"))
                .isEqualTo(1);
        assertThat(stranger.err()).startsWith("causeway: 127.0.0.1:").contains("rejected");
    }

    @Test
    void absentFile_isNamed() {
        Shell shell = new Shell();

        assertThat(shell.execute("pub", "-g", url, "-t", "a", "-f", "/nonexistent"))
                .isEqualTo(1);
        assertThat(shell.errLines()).containsExactly("causeway: cannot read /nonexistent: /nonexistent");
    }

    private int pub(String... options) {
        List<String> command = new ArrayList<>(List.of("pub", "-g", url, "-i", "tester"));
        command.addAll(List.of(options));
        Shell shell = new Shell();
        int exitCode = shell.execute(command.toArray(String[]::new));
        assertThat(shell.err()).isEmpty();
        return exitCode;
    }

    /** Returns when the subscriptions are acknowledged. */
    private Subscriber subscribe(String... options) {
        List<String> command = new ArrayList<>(List.of("sub", "-g", url));
        command.addAll(List.of(options));
        Shell shell = new Shell();
        CompletableFuture<Integer> exitCode =
                CompletableFuture.supplyAsync(() -> shell.execute(command.toArray(String[]::new)));
        await().until(() -> shell.handles(Signals.Kind.INT));
        return new Subscriber(shell, exitCode);
    }

    private record Subscriber(Shell shell, CompletableFuture<Integer> exitCode) {}
}
