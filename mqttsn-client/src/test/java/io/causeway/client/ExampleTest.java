package io.causeway.client;

import io.causeway.client.example.Pump;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.MessageType;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.testkit.SpecCoverage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** The example of the documentation runs, and is what the documentation shows. */
class ExampleTest {
    private static final Path SOURCE = Path.of("mqttsn-client/src/test/java/io/causeway/client/example/Pump.java");
    private static final Path PAGE = Path.of("docs/client-library.md");

    @Test
    @Timeout(20)
    void example_connectsSubscribesPublishesAndLeaves() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(ExampleTest::answer)) {
            Pump.main(new String[] {
                gateway.address().getHostString(),
                Integer.toString(gateway.address().getPort())
            });

            assertThat(gateway.received())
                    .extracting(Packet::type)
                    .containsExactly(
                            MessageType.CONNECT,
                            MessageType.SUBSCRIBE,
                            MessageType.REGISTER,
                            MessageType.PUBLISH,
                            MessageType.DISCONNECT);
        }
    }

    @Test
    void documentation_showsTheExampleAsItIs() throws Exception {
        Path repository = SpecCoverage.repositoryAbove(Path.of(""));
        String source = Files.readString(repository.resolve(SOURCE));

        assertThat(Files.readString(repository.resolve(PAGE)))
                .contains(source.substring(source.indexOf("import ")).strip());
    }

    private static List<Packet> answer(Packet packet) {
        if (packet instanceof Connect) {
            return List.of(new ConnAck(ReturnCode.ACCEPTED));
        }
        if (packet instanceof Subscribe subscribe) {
            return List.of(new SubAck(subscribe.qos(), 8, subscribe.msgId(), ReturnCode.ACCEPTED));
        }
        if (packet instanceof Register register) {
            return List.of(new RegAck(7, register.msgId(), ReturnCode.ACCEPTED));
        }
        if (packet instanceof Publish publish) {
            return List.of(new PubAck(publish.topicId(), publish.msgId(), ReturnCode.ACCEPTED));
        }
        return packet instanceof Disconnect ? List.of(Disconnect.plain()) : List.of();
    }
}
