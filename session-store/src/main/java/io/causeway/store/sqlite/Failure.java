package io.causeway.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite reports, in words for whoever runs the gateway: which file, what is wrong, what helps. */
final class Failure {
    private static final int PRIMARY_CODE = 0xff;

    private Failure() {}

    static String inWords(Path file, SQLException failure) {
        return file + ": " + whatAndHelp(failure);
    }

    private static String whatAndHelp(SQLException failure) {
        if (!(failure instanceof SQLiteException known)) {
            return String.valueOf(failure.getMessage());
        }
        String code = known.getResultCode().name();
        return switch (kindOf(known.getResultCode())) {
            case SQLITE_FULL -> "the disk is full; make room, then it goes on by itself";
            case SQLITE_READONLY, SQLITE_PERM ->
                "cannot be written (" + code
                        + "); check its owner and permissions, and that its file system is not read-only";
            case SQLITE_CANTOPEN ->
                "cannot be opened (" + code + "); check the directory, its permissions and the limit of open files";
            case SQLITE_IOERR -> "the disk fails (" + code + "); check that it is there, sound and not full";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "another program, perhaps a gateway, holds it locked (" + code + "); end that program";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "is damaged (" + code + "); stop the gateway and run 'causeway store check'";
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** Without what a code says beside its kind; but that the file of shared memory cannot grow is for lack of room. */
    private static SQLiteErrorCode kindOf(SQLiteErrorCode code) {
        return code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE
                ? SQLiteErrorCode.SQLITE_FULL
                : SQLiteErrorCode.getErrorCode(code.code & PRIMARY_CODE);
    }
}
