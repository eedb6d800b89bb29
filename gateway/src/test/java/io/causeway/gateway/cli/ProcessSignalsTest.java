package io.causeway.gateway.cli;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs({OS.LINUX, OS.MAC})
class ProcessSignalsTest {

    @Test
    void signalFromTheSystem_callsTheAction() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        new ProcessSignals().on(Signals.Kind.HUP, called::countDown);

        new ProcessBuilder("kill", "-HUP", Long.toString(ProcessHandle.current().pid())).start();

        assertThat(called.await(10, SECONDS)).isTrue();
    }
}
