package io.causeway.radio.udp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The system's own list of UDP sockets, as Linux shows it in {@code /proc/net/udp} and {@code udp6}. Reads files, so
 * not to be used on an event loop.
 */
final class SocketTable {
    private static final int LOCAL_COLUMN = 1;
    private static final int UID_COLUMN = 7;
    private static final int INODE_COLUMN = 9;
    private static final int DROPS_COLUMN = 12;
    private static final HexFormat HEX = HexFormat.of();

    private final Path proc;

    /** @param proc where the system shows itself, normally {@code /proc} */
    SocketTable(Path proc) {
        this.proc = proc;
    }

    /**
     * One socket.
     *
     * @param drops datagrams that arrived for it and were lost since it was opened
     */
    record Row(InetAddress address, int port, long uid, long inode, long drops) {
        /** A socket on {@code [::]} may hold the IPv4 addresses too; one on {@code 0.0.0.0} has nothing to do with IPv6. */
        private boolean isInTheWayOf(InetAddress wanted) {
            if (address.isAnyLocalAddress()) {
                return address instanceof Inet6Address || wanted instanceof Inet4Address;
            }
            return address.equals(wanted);
        }
    }

    /**
     * The sockets bound to a port.
     *
     * @throws IOException if the system does not tell
     */
    List<Row> at(int port) throws IOException {
        List<Row> rows = new ArrayList<>(read("udp", port));
        if (Files.exists(proc.resolve("net/udp6"))) {
            rows.addAll(read("udp6", port));
        }
        return rows;
    }

    /** Who has the address and port that could not be had, for an operator to read; empty if that cannot be found out. */
    Optional<String> holder(InetAddress address, int port) {
        try {
            for (Row row : at(port)) {
                if (row.isInTheWayOf(address)) {
                    return Optional.of(process(row.inode).orElse("a process of user id " + row.uid));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<Row> read(String table, int port) throws IOException {
        String portSuffix = ":%04X".formatted(port);
        return Files.readAllLines(proc.resolve("net").resolve(table), StandardCharsets.US_ASCII).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > DROPS_COLUMN && columns[LOCAL_COLUMN].endsWith(portSuffix))
                .map(columns -> row(columns, port))
                .toList();
    }

    private static Row row(String[] columns, int port) {
        String local = columns[LOCAL_COLUMN];
        return new Row(
                address(local.substring(0, local.indexOf(':'))),
                port,
                Long.parseLong(columns[UID_COLUMN]),
                Long.parseLong(columns[INODE_COLUMN]),
                Long.parseLong(columns[DROPS_COLUMN]));
    }

    /** Four octets at a time, each four in the byte order of the machine. */
    private static InetAddress address(String hex) {
        ByteBuffer shown = ByteBuffer.wrap(HEX.parseHex(hex));
        ByteBuffer octets = ByteBuffer.allocate(shown.capacity()).order(ByteOrder.nativeOrder());
        while (shown.hasRemaining()) {
            octets.putInt(shown.getInt());
        }
        try {
            return InetAddress.getByAddress(octets.array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not an address: " + hex, e);
        }
    }

    private Optional<String> process(long inode) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, "socket:[" + inode + "]")) {
                    String command = Files.readString(process.resolve("comm")).strip();
                    return Optional.of(command + " (pid " + process.getFileName() + ")");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.readSymbolicLink(descriptor).toString().equals(socket)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            return false; // another user's process, or one that has just ended
        }
    }
}
