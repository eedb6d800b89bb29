package io.causeway.radio.port;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Finds out whether a device may be opened, and who has it, as far as Linux tells this user. Keeps nothing. */
final class PortAccess {
    private static final Path PSEUDO_TERMINALS = Path.of("/dev/pts");
    private static final String OWN_ID = Long.toString(ProcessHandle.current().pid());

    private final Path proc;
    private final String user;

    /**
     * @param proc where the process file system is mounted
     * @param user who this program runs as
     */
    PortAccess(Path proc, String user) {
        this.proc = proc;
        this.user = user;
    }

    /** What keeps this user from using the device, in a sentence with what would help; nothing if nothing does. */
    Optional<String> obstacle(Path device) {
        if (!Files.exists(device)) {
            return Optional.of(device + " is not there any more");
        }
        if (Files.isDirectory(device) || Files.isRegularFile(device)) {
            return Optional.of(device + " is no serial port");
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            return Optional.of(noPermission(device));
        }
        return holder(device).map(holder -> device + " is in use by " + holder + "; end that, or name another port");
    }

    String noPermission(Path device) {
        String refused = device + " may not be used by " + user;
        try {
            PosixFileAttributes file = Files.readAttributes(device, PosixFileAttributes.class);
            String group = file.group().getName();
            String whose = refused + " (" + PosixFilePermissions.toString(file.permissions()) + " "
                    + file.owner().getName() + ":" + group + ")";
            boolean groupMay = file.permissions().contains(PosixFilePermission.GROUP_READ)
                    && file.permissions().contains(PosixFilePermission.GROUP_WRITE);
            return groupMay
                    ? whose + "; 'sudo usermod -aG " + group + " " + user + "' allows it from the next login on"
                    : whose + "; its group may not either: a udev rule with MODE=\"0660\" and GROUP=\"dialout\" helps";
        } catch (IOException | UnsupportedOperationException e) {
            return refused;
        }
    }

    /** Name and id of a process that has the device open; empty if none has, or it cannot be known. */
    Optional<String> holder(Path device) {
        // whoever makes a pseudo-terminal often holds both ends of it, so there only we ourselves count
        String processes = device.startsWith(PSEUDO_TERMINALS) ? OWN_ID : "[0-9]*";
        for (Path process : entriesOf(proc, processes)) {
            for (Path descriptor : entriesOf(process.resolve("fd"), "*")) {
                if (leadsTo(descriptor, device)) {
                    return Optional.of(nameOf(process));
                }
            }
        }
        return Optional.empty();
    }

    private static String nameOf(Path process) {
        String id = process.getFileName().toString();
        if (id.equals(OWN_ID)) {
            return "this program itself, for another link";
        }
        try {
            return Files.readString(process.resolve("comm")).strip() + " (pid " + id + ")";
        } catch (IOException e) {
            return "pid " + id;
        }
    }

    private static boolean leadsTo(Path descriptor, Path device) {
        try {
            return Files.readSymbolicLink(descriptor).equals(device);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static List<Path> entriesOf(Path directory, String glob) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
            return StreamSupport.stream(entries.spliterator(), false).toList();
        } catch (IOException e) {
            return List.of(); // a process of another user, or one that has just ended
        }
    }
}
