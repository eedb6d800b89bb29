package io.causeway.access.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of lines while it is read, and what has been found wrong with it so far. A line whose first visible character
 * is '#' is a comment. Owned by the one call that reads the file.
 */
final class TextFile {
    private final String name;
    private final List<String> lines;
    private final List<FileProblem> problems = new ArrayList<>();

    /** Takes one line with something in it. */
    @FunctionalInterface
    interface LineReader {
        /**
         * @param line without the white space around it
         * @throws LineException if it cannot be used
         */
        void read(String line) throws LineException;
    }

    /** Why a line cannot be used. */
    static final class LineException extends Exception {
        private final String allowed;

        /** @param allowed what may stand there; empty: the problem says it already */
        LineException(String problem, String allowed) {
            super(problem);
            this.allowed = allowed;
        }
    }

    /** @param name what messages call it */
    TextFile(String name, List<String> lines) {
        this.name = name;
        this.lines = List.copyOf(lines);
    }

    /** @throws AccessFileException if it cannot be read */
    static TextFile open(Path file) throws AccessFileException {
        try {
            return new TextFile(file.toString(), Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "the file is not UTF-8");
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e);
        }
    }

    /**
     * Shows every line that is neither empty nor a comment.
     *
     * @throws AccessFileException if the reader has refused any of them; the others have been read
     */
    void read(LineReader reader) throws AccessFileException {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            try {
                reader.read(line);
            } catch (LineException e) {
                problems.add(new FileProblem(name, i + 1, String.valueOf(e.getMessage()), e.allowed));
            }
        }
        if (!problems.isEmpty()) {
            throw new AccessFileException(problems);
        }
    }

    private static AccessFileException unreadable(Path file, String problem) {
        return new AccessFileException(List.of(new FileProblem(file.toString(), 0, problem, "")));
    }
}
