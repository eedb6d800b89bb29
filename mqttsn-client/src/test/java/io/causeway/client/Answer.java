package io.causeway.client;

import io.causeway.codec.v12.ReturnCode;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A reply that remembers. */
final class Answer<T> implements Reply<T> {
    private final List<T> accepted = new ArrayList<>();
    private final List<ClientException> failed = new ArrayList<>();

    @Override
    public void accepted(T answer) {
        accepted.add(answer);
    }

    @Override
    public void failed(ClientException cause) {
        failed.add(cause);
    }

    void isOpen() {
        assertThat(accepted).isEmpty();
        assertThat(failed).isEmpty();
    }

    void isAccepted() {
        assertThat(failed).isEmpty();
        assertThat(accepted).hasSize(1);
    }

    void isAccepted(T answer) {
        isAccepted();
        assertThat(accepted).containsExactly(answer);
    }

    void isRejected(ReturnCode returnCode) {
        hasFailed(RejectedException.class);
        assertThat(((RejectedException) failed.get(0)).returnCode()).isEqualTo(returnCode);
    }

    void hasFailed(Class<? extends ClientException> cause) {
        assertThat(accepted).isEmpty();
        assertThat(failed).singleElement().isInstanceOf(cause);
    }
}
