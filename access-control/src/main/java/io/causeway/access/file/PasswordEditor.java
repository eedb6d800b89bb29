package io.causeway.access.file;

import io.causeway.codec.Octets;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes users of a password file and leaves its other lines as they are, comments too. Owned by one thread.
 *
 * <p>The file is replaced as a whole by {@link #save}: who reads it meanwhile finds the old one or the new one.
 */
public final class PasswordEditor {
    /** Iterations of PBKDF2 that make a guess slow enough today. */
    public static final int DEFAULT_ITERATIONS = PasswordHash.DEFAULT_ITERATIONS;

    /** As many as a login may cost. */
    public static final int MAX_ITERATIONS = PasswordHash.MAX_ITERATIONS;

    private final Path file;
    private final boolean exists;
    private final List<String> lines;

    private PasswordEditor(Path file, boolean exists, List<String> lines) {
        this.file = file;
        this.exists = exists;
        this.lines = new ArrayList<>(lines);
    }

    /** Reads a file; where there is none, {@link #save} makes one. */
    public static PasswordEditor open(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new PasswordEditor(file.toAbsolutePath(), false, List.of());
        }
        // What a link leads to is replaced, not the link.
        Path real = file.toRealPath();
        return new PasswordEditor(real, true, Files.readAllLines(real));
    }

    public boolean fileExists() {
        return exists;
    }

    public boolean has(String user) {
        return lines.stream().anyMatch(line -> isOf(user, line));
    }

    /**
     * Gives a user a password; a new user comes last in the file.
     *
     * @param iterations of PBKDF2, 1 to {@link #MAX_ITERATIONS}
     * @throws IllegalArgumentException if the name cannot be one in a password file, or the password is empty
     */
    public void set(String user, String password, int iterations) {
        requireName(user);
        if (password.isEmpty()) {
            throw new IllegalArgumentException("a password cannot be empty");
        }
        PasswordHash.Pbkdf2 hash = PasswordHash.Pbkdf2.of(Octets.utf8(password), iterations, new SecureRandom());
        String line = user + ":" + hash.text();
        if (has(user)) {
            lines.replaceAll(each -> isOf(user, each) ? line : each);
        } else {
            lines.add(line);
        }
    }

    /** Removes a user; false if there was none. */
    public boolean remove(String user) {
        return lines.removeIf(line -> isOf(user, line));
    }

    /**
     * Replaces the file. A new one can be read by its owner alone; one that was there keeps owner, group and
     * permissions, so that the gateway can still read what an administrator has changed.
     */
    public void save() throws IOException {
        // A temporary file is its owner's alone from the beginning.
        Path written = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".new");
        try {
            if (exists) {
                copyAttributes(file, written);
            }
            Files.write(written, lines);
            force(written);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** @throws IllegalArgumentException if the name cannot be one in a password file */
    public static void requireName(String user) {
        if (user.isEmpty()) {
            throw new IllegalArgumentException("a user name cannot be empty");
        }
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user name cannot hold ':', which ends it in the file");
        }
        if (user.charAt(0) == '#') {
            throw new IllegalArgumentException("a user name cannot begin with '#', which begins a comment in the file");
        }
        if (!user.equals(user.strip()) || user.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a user name cannot begin or end with white space, or hold control characters");
        }
    }

    private static boolean isOf(String user, String line) {
        return line.strip().startsWith(user + ":");
    }

    private static void copyAttributes(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return; // a system without owners and permissions of this kind
        }
        PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributes present = view.readAttributes();
        if (!present.owner().equals(wanted.owner())) {
            view.setOwner(wanted.owner());
        }
        if (!present.group().equals(wanted.group())) {
            view.setGroup(wanted.group());
        }
        view.setPermissions(wanted.permissions());
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
