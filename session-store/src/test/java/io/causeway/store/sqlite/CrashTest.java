package io.causeway.store.sqlite;

import io.causeway.routing.ApplicationMessage;
import io.causeway.store.Change;
import io.causeway.store.MemorySessionStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens, the file has the first so many of the units that were submitted, each of them whole, and at least all
 * that were said to be durable.
 */
@EnabledOnOs(OS.LINUX)
class CrashTest {
    private static final int ROUNDS = 6;
    private static final int COPIES = 10;
    private static final int TEARS = 40;
    private static final long SEED = 42;

    private final TestTime time = new TestTime();
    private final Random random = new Random(SEED);
    private final RandomUnits units = new RandomUnits(SEED, time.nanos());
    private final MemorySessionStore model = new MemorySessionStore();
    private int modelled;

    @TempDir
    private Path directory;

    @Test
    void killedAgainAndAgain_hasAllThatWasDurable() throws Exception {
        int done = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int acknowledged = done;
            try (Child child = Child.run(LoadProcess.class, directory, SEED, done)) {
                int until = done + 1 + random.nextInt(800);
                while (acknowledged < until) {
                    acknowledged = child.nextNumber();
                }
                acknowledged = child.kill(acknowledged);
            }
            done = verify(directory, acknowledged);
        }
    }

    @Test
    void copiedAtAnyMoment_isAPrefix(@TempDir Path copies) throws Exception {
        try (Child child = Child.run(LoadProcess.class, directory, SEED, 0)) {
            int acknowledged = 0;
            for (int i = 0; i < COPIES; i++) {
                int until = acknowledged + 1 + random.nextInt(400);
                while (acknowledged < until) {
                    acknowledged = child.nextNumber();
                }
                Path copy = Files.createDirectory(copies.resolve("copy" + i));
                child.whileStopped(() -> copyTo(copy));
                verify(copy, acknowledged);
            }
        }
    }

    @Test
    void endOfTheLogTorn_isAPrefix(@TempDir Path copies) throws Exception {
        try (Child child = Child.run(LoadProcess.class, directory, SEED, 0)) {
            int acknowledged = child.nextNumber();
            while (acknowledged < 300) { // short enough that nothing was copied from the log into the file
                acknowledged = child.nextNumber();
            }
            child.kill(acknowledged);
        }
        long whole = Files.size(Database.logOf(DataDirectory.databaseIn(directory)));
        for (int i = 0; i < TEARS; i++) {
            Path copy = Files.createDirectory(copies.resolve("copy" + i));
            copyTo(copy);
            long torn = (long) (whole * (i + random.nextDouble()) / TEARS);
            try (FileChannel log =
                    FileChannel.open(Database.logOf(DataDirectory.databaseIn(copy)), StandardOpenOption.WRITE)) {
                log.truncate(torn);
            }
            verify(copy, 0);
        }
    }

    private void copyTo(Path copy) throws IOException {
        Path file = DataDirectory.databaseIn(directory);
        for (Path each : List.of(file, Database.logOf(file))) {
            if (Files.exists(each)) {
                Files.copy(each, copy.resolve(each.getFileName()));
            }
        }
    }

    /** Returns how many units are there. */
    private int verify(Path copy, int acknowledged) throws StoreException {
        SqliteSessionStore store =
                SqliteSessionStore.open(copy, new StoreSettings(Duration.ZERO, 1), time::nanos, time);
        Snapshot snapshot = Snapshot.of(store);
        store.close();
        ApplicationMessage marker = snapshot.retained().get(RandomUnits.MARKER);
        int done = marker == null ? 0 : Integer.parseInt(marker.payload().toUtf8());
        assertThat(done).isGreaterThanOrEqualTo(acknowledged);
        while (modelled < done) {
            Samples.submit(model, units.next().toArray(Change[]::new));
            modelled++;
        }
        assertThat(snapshot).isEqualTo(Snapshot.of(model));
        return done;
    }
}
