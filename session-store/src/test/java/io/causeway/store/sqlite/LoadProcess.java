package io.causeway.store.sqlite;

import io.causeway.store.Change;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Submits random units to the store of a directory until it is killed, and says of each that it is durable.
 *
 * <p>Arguments: directory, seed, units that are in the store already.
 */
final class LoadProcess {
    private static final int AT_ONCE = 40;

    private LoadProcess() {}

    public static void main(String[] arguments) throws StoreException, InterruptedException {
        int done = Integer.parseInt(arguments[2]);
        TestTime time = new TestTime();
        RandomUnits units = new RandomUnits(Long.parseLong(arguments[1]), time.nanos());
        for (int i = 0; i < done; i++) {
            units.next();
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        StoreSettings settings = new StoreSettings(Duration.ofMillis(1), 50);
        SqliteSessionStore store = SqliteSessionStore.open(Path.of(arguments[0]), settings, time::nanos, time);
        Semaphore room = new Semaphore(AT_ONCE);
        for (int i = done + 1; ; i++) {
            room.acquire();
            int number = i;
            Samples.submit(store, units.next().toArray(Change[]::new)).whenDurable(() -> {
                out.println(number);
                room.release();
            });
        }
    }
}
