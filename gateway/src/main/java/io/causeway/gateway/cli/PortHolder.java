package io.causeway.gateway.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Finds out which process listens on a TCP port, as far as Linux tells this user. */
final class PortHolder {
    /** Columns of /proc/net/tcp and tcp6, from 0. */
    private static final int LOCAL_ADDRESS = 1;

    private static final int STATE = 3;
    private static final int INODE = 9;
    /** A socket that listens; the others are connections. */
    private static final String LISTENING = "0A";

    private final Path proc;

    /** @param proc where the process file system is mounted */
    PortHolder(Path proc) {
        this.proc = proc;
    }

    /** Name and id of a process that listens on any address; empty if nobody does, or it cannot be known. */
    Optional<String> find(int port) {
        Set<String> sockets = new HashSet<>();
        sockets.addAll(listeners(proc.resolve("net/tcp"), port));
        sockets.addAll(listeners(proc.resolve("net/tcp6"), port));
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(processWith(sockets).orElse("a process of another user"));
    }

    private static Set<String> listeners(Path table, int port) {
        String suffix = String.format(":%04X", port);
        Set<String> sockets = new HashSet<>();
        for (String line : linesOf(table)) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length > INODE && columns[LOCAL_ADDRESS].endsWith(suffix) && columns[STATE].equals(LISTENING)) {
                sockets.add("socket:[" + columns[INODE] + "]");
            }
        }
        return sockets;
    }

    private Optional<String> processWith(Set<String> sockets) {
        for (Path process : entriesOf(proc, "[0-9]*")) {
            for (Path descriptor : entriesOf(process.resolve("fd"), "*")) {
                if (sockets.contains(targetOf(descriptor))) {
                    String name = String.join("", linesOf(process.resolve("comm")));
                    return Optional.of(name + " (pid " + process.getFileName() + ")");
                }
            }
        }
        return Optional.empty();
    }

    private static List<Path> entriesOf(Path directory, String glob) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
            return StreamSupport.stream(entries.spliterator(), false).toList();
        } catch (IOException e) {
            return List.of(); // a process of another user, or one that has just ended
        }
    }

    private static String targetOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
