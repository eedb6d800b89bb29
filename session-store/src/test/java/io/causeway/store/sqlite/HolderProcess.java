package io.causeway.store.sqlite;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Holds the store of a directory, its argument, until it is killed; says 1 when it has it. */
final class HolderProcess {
    private HolderProcess() {}

    public static void main(String[] arguments) throws StoreException, InterruptedException {
        TestTime time = new TestTime();
        SqliteSessionStore store =
                SqliteSessionStore.open(Path.of(arguments[0]), StoreSettings.DEFAULTS, time::nanos, time);
        System.out.println(store.nextId() > 0 ? 1 : 0);
        new CountDownLatch(1).await();
    }
}
