package io.causeway.session;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DirectoryTest {
    private final Directory directory = new Directory();

    @Test
    void sessions_areCountedUpToTheBound() {
        assertThat(directory.tryAddSession(2)).isTrue();
        assertThat(directory.tryAddSession(2)).isTrue();
        assertThat(directory.tryAddSession(2)).isFalse();
        assertThat(directory.tryAddSession(2)).isFalse();
        assertThat(directory.sessions()).isEqualTo(2);

        directory.removeSession();

        assertThat(directory.tryAddSession(2)).isTrue();
        assertThat(directory.sessions()).isEqualTo(2);
    }
}
