package io.causeway.radio.port;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Loads the part of jSerialComm that is no Java, which comes as a file within it and has to be unpacked for that. Left to
 * itself jSerialComm unpacks it into a directory of a known name below that for temporary files, where any user could
 * have put something else before.
 */
final class NativeLibrary {
    private static final String INSTALLED_IN = "jSerialComm.library.path";
    private static final String FILE = "libjSerialComm.so";

    private NativeLibrary() {}

    /**
     * Unpacks it into a private directory, which is gone afterwards. Does nothing where the user has named a directory
     * to jSerialComm, nor on other systems than Linux.
     *
     * @param directories to try for that, the best first
     * @throws IOException if it can be loaded from none of them; the message is meant for the operator
     */
    static void load(List<Path> directories) throws IOException {
        boolean isLinux = System.getProperty("os.name", "").startsWith("Linux");
        if (!isLinux || System.getProperty(INSTALLED_IN) != null) {
            return;
        }
        List<String> failures = new ArrayList<>();
        for (Path each : directories) {
            try {
                loadFrom(each);
                return;
            } catch (IOException | UnsatisfiedLinkError failure) {
                failures.add(each + ": " + failure.getMessage());
            }
        }
        throw new IOException("jSerialComm can be unpacked and loaded nowhere (" + String.join("; ", failures)
                + "); see that there is room, that it can be written and that programs may be run from there,"
                + " or unpack it yourself and name its directory with -D" + INSTALLED_IN);
    }

    private static void loadFrom(Path directory) throws IOException {
        Path unpacked = Files.createTempDirectory(directory, "native-");
        Path file = unpacked.resolve(FILE);
        try {
            loadFirst(file);
            System.setProperty(INSTALLED_IN, unpacked.toString());
            SerialPort.getCommPorts(); // what is loaded needs its file no more
        } finally {
            System.clearProperty(INSTALLED_IN);
            Files.deleteIfExists(file);
            Files.deleteIfExists(unpacked);
        }
    }

    /** Loads it before jSerialComm does: that would go on to look elsewhere if it could not be loaded. */
    @SuppressWarnings("restricted") // known to the JDK from 24 on
    private static void loadFirst(Path file) throws IOException {
        UnsatisfiedLinkError failure = new UnsatisfiedLinkError("there is none for this processor");
        for (String processor : processors()) {
            try (InputStream library = SerialPort.class.getResourceAsStream("/Linux/" + processor + "/" + FILE)) {
                if (library == null) {
                    continue;
                }
                Files.deleteIfExists(file);
                Files.copy(library, file);
                System.load(file.toString());
                return;
            } catch (UnsatisfiedLinkError e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** As jSerialComm calls them; of several the first that can be loaded. */
    private static List<String> processors() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> List.of("x86_64");
            case "aarch64" -> List.of("armv8_64");
            case "arm" -> List.of("armv7hf", "armv6hf", "armv5", "armv8_32");
            case "i386", "x86" -> List.of("x86");
            default -> List.of(name);
        };
    }
}
