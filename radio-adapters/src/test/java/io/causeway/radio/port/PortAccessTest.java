package io.causeway.radio.port;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PortAccessTest {
    private static final Path DEVICE = Path.of("/dev/null"); // a device that everybody may use

    @TempDir
    private Path proc;

    private PortAccess access() {
        return new PortAccess(proc, "alice");
    }

    private void run(String id, String name, Path opened) throws Exception {
        Path descriptors = Files.createDirectories(proc.resolve(id).resolve("fd"));
        Files.writeString(proc.resolve(id).resolve("comm"), name + "\n");
        Files.createSymbolicLink(descriptors.resolve("7"), opened);
    }

    @Test
    void deviceThatNobodyHas_hasNoObstacle() throws Exception {
        run("17", "minicom", Path.of("/dev/zero"));

        assertThat(access().obstacle(DEVICE)).isEmpty();
    }

    @Test
    void deviceInUse_isSaidWithItsUser() throws Exception {
        run("17", "minicom", DEVICE);

        assertThat(access().obstacle(DEVICE))
                .contains("/dev/null is in use by minicom (pid 17); end that, or name another port");
    }

    @Test
    void deviceInUseByAnotherLink_isSaid() throws Exception {
        run(Long.toString(ProcessHandle.current().pid()), "java", DEVICE);

        assertThat(access().obstacle(DEVICE))
                .contains(
                        "/dev/null is in use by this program itself, for another link; end that, or name another port");
    }

    @Test
    void whatIsNoDevice_isSaid() throws Exception {
        Path file = Files.createFile(proc.resolve("file"));

        assertThat(access().obstacle(proc)).contains(proc + " is no serial port");
        assertThat(access().obstacle(file)).contains(file + " is no serial port");
        assertThat(access().obstacle(proc.resolve("gone"))).contains(proc.resolve("gone") + " is not there any more");
    }

    @Test
    void missingPermission_isSaidWithTheGroupThatHasIt() throws Exception {
        Path device = Files.createFile(proc.resolve("ttyUSB0"));
        Files.setPosixFilePermissions(device, PosixFilePermissions.fromString("rw-rw----"));
        String owner = Files.getOwner(device).getName();

        assertThat(access().noPermission(device))
                .startsWith(device + " may not be used by alice (rw-rw---- " + owner + ":")
                .containsPattern("'sudo usermod -aG \\S+ alice' allows it from the next login on");
    }

    @Test
    void permissionThatTheGroupLacksToo_isSaid() throws Exception {
        Path device = Files.createFile(proc.resolve("ttyUSB0"));
        Files.setPosixFilePermissions(device, PosixFilePermissions.fromString("rw-------"));

        assertThat(access().noPermission(device)).contains("its group may not either");
    }
}
