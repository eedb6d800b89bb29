package io.causeway.forwarder;

import io.causeway.radio.LinkAddress;
import io.causeway.testkit.VirtualTime;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListedGatewaysTest {
    private static final LinkAddress A = MemoryTransport.Address.of("0a");
    private static final LinkAddress B = MemoryTransport.Address.of("0b");
    private static final LinkAddress C = MemoryTransport.Address.of("0c");

    private final VirtualTime time = new VirtualTime();
    private final Map<String, List<LinkAddress>> names = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    @Test
    void name_isLookedUpAndItsFirstAddressUsed() {
        names.put("one", List.of(A, B));
        ListedGateways gateways = started("one");

        assertThat(gateways.current()).contains(A);
        assertThat(gateways.name()).isEqualTo("udp://one:1883");
    }

    @Test
    void nameThatIsNotKnown_isLookedUpAgainUntilItIs() {
        ListedGateways gateways = started("one");
        assertThat(gateways.current()).isEmpty();
        assertThat(gateways.whyNone()).isEqualTo("the address of udp://one:1883 cannot be found out");

        names.put("one", List.of(A));
        tick(gateways);
        assertThat(gateways.current()).isEmpty();
        time.advance(ListedGateways.RETRY);
        tick(gateways);

        assertThat(gateways.current()).contains(A);
    }

    @Test
    void nameThatMoves_isFollowed() {
        names.put("one", List.of(A));
        ListedGateways gateways = started("one");

        names.put("one", List.of(B));
        time.advance(ListedGateways.REFRESH);
        tick(gateways);

        assertThat(gateways.current()).contains(B);
    }

    @Test
    void addressThatTheNameStillHas_staysInUse() {
        names.put("one", List.of(A, B));
        ListedGateways gateways = started("one");

        names.put("one", List.of(B, A));
        time.advance(ListedGateways.REFRESH);
        tick(gateways);

        assertThat(gateways.current()).contains(A);
    }

    @Test
    void nameServerThatIsAway_costsNoGateway() {
        names.put("one", List.of(A));
        names.put("two", List.of(B));
        ListedGateways gateways = started("one", "two");

        names.clear();
        time.advance(ListedGateways.REFRESH);
        tick(gateways);

        assertThat(gateways.current()).contains(A);
        assertThat(gateways.name()).isEqualTo("udp://one:1883");
    }

    @Test
    void gatewayGivenUp_isFollowedByTheNextAndAfterTheLastByTheFirst() {
        names.put("one", List.of(A));
        names.put("two", List.of(B));
        ListedGateways gateways = started("one", "two");

        gateways.giveUp(time.nowNanos());
        assertThat(gateways.current()).contains(B);

        gateways.giveUp(time.nowNanos());
        assertThat(gateways.current()).contains(A);
    }

    @Test
    void nextNameThatIsNotKnown_isPassedOver() {
        names.put("one", List.of(A));
        names.put("three", List.of(C));
        ListedGateways gateways = started("one", "two", "three");

        gateways.giveUp(time.nowNanos());

        assertThat(gateways.current()).contains(C);
        assertThat(asked).containsExactly("one", "two", "three");
    }

    @Test
    void namesThatAreAllUnknown_areAskedForInRoundsAndNamedTogether() {
        ListedGateways gateways = started("one", "two");
        String why = "the address of udp://one:1883 or udp://two:1883 cannot be found out";
        assertThat(asked).containsExactly("one", "two");
        assertThat(gateways.whyNone()).isEqualTo(why);

        tick(gateways);
        assertThat(asked).hasSize(2);
        time.advance(ListedGateways.RETRY);
        tick(gateways);

        assertThat(asked).containsExactly("one", "two", "one", "two");
        assertThat(gateways.whyNone()).isEqualTo(why);
    }

    @Test
    void nameNotAskedForYet_isNotSaidToBeUnknown() {
        List<ListedGateways.Resolver.Answer> answers = new ArrayList<>();
        ListedGateways gateways =
                new ListedGateways(List.of(name("one"), name("two")), (name, answer) -> answers.add(answer));
        gateways.start(time.nowNanos());
        String why = "the address of udp://one:1883 or udp://two:1883 is being looked up";

        answers.get(0).on(List.of(), time.nowNanos());
        assertThat(gateways.whyNone()).isEqualTo(why);
        answers.get(1).on(List.of(), time.nowNanos());

        assertThat(gateways.whyNone()).isEqualTo(why.replace("is being looked up", "cannot be found out"));
    }

    @Test
    void onlyNameGivenUp_hasItsNextAddressUsed() {
        names.put("one", List.of(A, B));
        ListedGateways gateways = started("one");

        gateways.giveUp(time.nowNanos());

        assertThat(gateways.current()).contains(B);
    }

    @Test
    void answerForANameThatIsNotWantedAnyMore_isNotTaken() {
        List<ListedGateways.Resolver.Answer> answers = new ArrayList<>();
        ListedGateways gateways =
                new ListedGateways(List.of(name("one"), name("two")), (name, answer) -> answers.add(answer));
        gateways.start(time.nowNanos());
        gateways.giveUp(time.nowNanos());

        answers.get(0).on(List.of(A), time.nowNanos());
        assertThat(gateways.current()).isEmpty();
        answers.get(1).on(List.of(B), time.nowNanos());

        assertThat(gateways.current()).contains(B);
        assertThat(answers).hasSize(2);
    }

    private ListedGateways started(String... hosts) {
        List<InetSocketAddress> listed =
                List.of(hosts).stream().map(ListedGatewaysTest::name).toList();
        ListedGateways gateways = new ListedGateways(listed, (name, answer) -> {
            asked.add(name.getHostString());
            answer.on(names.getOrDefault(name.getHostString(), List.of()), time.nowNanos());
        });
        gateways.start(time.nowNanos());
        return gateways;
    }

    private void tick(ListedGateways gateways) {
        gateways.onTick(time.nowNanos());
    }

    private static InetSocketAddress name(String host) {
        return InetSocketAddress.createUnresolved(host, 1883);
    }
}
