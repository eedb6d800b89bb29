package io.causeway.simulator.report;

import io.causeway.simulator.scenario.Connection;
import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.Firmware;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Pace;
import io.causeway.simulator.scenario.PayloadTemplate;
import io.causeway.simulator.scenario.Phases;
import io.causeway.simulator.scenario.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A scenario as one would tell it. */
final class ScenarioWords {
    private ScenarioWords() {}

    static String course(Phases phases) {
        return "Ramp-up %s, steady %s, drain up to %s, ramp-down %s"
                .formatted(
                        Figures.time(phases.rampUp()),
                        Figures.time(phases.steady()),
                        Figures.time(phases.drain()),
                        Figures.time(phases.rampDown()));
    }

    /** What a sensor of the group does, a clause for each of its traits. */
    static List<String> traits(Group group) {
        List<String> traits = new ArrayList<>();
        if (group.firmware() != Firmware.STANDARD) {
            traits.add("habits of " + Figures.word(group.firmware()));
        }
        if (group.beacon() == null) {
            traits.add(connection(group.connection()));
        }
        addMessages(traits, group);
        addTroubles(traits, group);
        return traits;
    }

    private static String connection(Connection connection) {
        return "keep-alive " + Figures.time(connection.keepAlive())
                + (connection.cleanSession() ? ", clean session" : "")
                + (connection.will() ? ", leaves a will" : "");
    }

    private static void addMessages(List<String> traits, Group group) {
        if (group.report() != null) {
            traits.add("reports %s at QoS %s to %s%s, %s"
                    .formatted(
                            pace(group.report().pace()),
                            group.report().qos().wireValue(),
                            group.report().topic().text(),
                            group.report().retain() ? ", retained" : "",
                            payload(group.report().payload())));
        }
        if (group.alarms() != null) {
            traits.add("bursts of %s alarms every %s on average at QoS %s to %s, %s"
                    .formatted(
                            span(group.alarms().burst(), Object::toString),
                            Figures.time(group.alarms().every()),
                            group.alarms().qos().wireValue(),
                            group.alarms().topic().text(),
                            payload(group.alarms().payload())));
        }
        if (group.commands() != null) {
            traits.add("gets a command every %s on average at QoS %s at %s, %s"
                    .formatted(
                            Figures.time(group.commands().every()),
                            group.commands().qos().wireValue(),
                            group.commands().topic().text(),
                            payload(group.commands().payload())));
        }
        if (group.beacon() != null) {
            traits.add("publishes at QoS -1 %s to the predefined topic %s, %s, %s"
                    .formatted(
                            every(group.beacon().interval(), group.beacon().jitter()),
                            group.beacon().topicId(),
                            group.beacon().topic(),
                            payload(group.beacon().payload())));
        }
    }

    private static void addTroubles(List<String> traits, Group group) {
        if (group.sleep() != null) {
            traits.add("sleeps, and wakes "
                    + every(group.sleep().period(), group.sleep().jitter()));
        }
        if (group.roaming() != null) {
            traits.add(
                    "changes its address every " + Figures.time(group.roaming().every()) + " on average");
        }
        if (group.brownOuts() != null) {
            traits.add("loses its power every %s on average, for %s"
                    .formatted(
                            Figures.time(group.brownOuts().every()),
                            span(group.brownOuts().outage(), Figures::time)));
        }
        traits.addAll(network(group.network()));
    }

    private static List<String> network(NetworkConditions network) {
        List<String> words = new ArrayList<>();
        addShare(words, network.loss(), "of its datagrams are lost");
        addShare(words, network.duplication(), "of its datagrams come twice");
        addShare(words, network.reordering(), "of its datagrams are overtaken");
        if (!network.delay().equals(Delay.NONE)) {
            words.add("datagrams take " + delay(network.delay()));
        }
        if (network.bitsPerSecond() > 0) {
            words.add("the link carries " + Figures.count(network.bitsPerSecond()) + " bit/s");
        }
        if (!network.outageEvery().isZero()) {
            words.add("the network fails every %s on average, for %s"
                    .formatted(Figures.time(network.outageEvery()), span(network.outage(), Figures::time)));
        }
        if (!network.natRebinding().isZero()) {
            words.add("a NAT gives it another address every " + Figures.time(network.natRebinding()) + " on average");
        }
        return words;
    }

    private static void addShare(List<String> words, double share, String fate) {
        if (share > 0) {
            words.add(Figures.share(share) + " " + fate);
        }
    }

    private static String delay(Delay delay) {
        if (delay instanceof Delay.Fixed fixed) {
            return Figures.time(fixed.time());
        }
        if (delay instanceof Delay.Uniform uniform) {
            return span(uniform.times(), Figures::time);
        }
        if (delay instanceof Delay.Normal normal) {
            return Figures.time(normal.mean()) + " \u00b1 " + Figures.time(normal.deviation());
        }
        Delay.LongTail tail = (Delay.LongTail) delay;
        return Figures.time(tail.mean()) + " on average, " + Figures.time(tail.least()) + " at least";
    }

    private static String pace(Pace pace) {
        if (pace instanceof Pace.Every every) {
            return every(every.interval(), every.jitter());
        }
        Duration pause = ((Pace.OnAcknowledgement) pace).pause();
        return pause.isZero()
                ? "as soon as the one before is acknowledged"
                : Figures.time(pause) + " after the one before is acknowledged";
    }

    private static String every(Duration interval, double jitter) {
        return "every " + Figures.time(interval) + (jitter > 0 ? " \u00b1 " + Figures.share(jitter) : "");
    }

    private static String payload(PayloadTemplate payload) {
        return span(payload.octets(), Object::toString) + " octets"
                + (payload.format() == PayloadTemplate.Format.OCTETS
                        ? ""
                        : " of " + payload.format().name());
    }

    private static <T extends Comparable<? super T>> String span(Span<T> span, Function<? super T, String> words) {
        String least = words.apply(span.least());
        return span.least().equals(span.most()) ? least : least + " to " + words.apply(span.most());
    }
}
