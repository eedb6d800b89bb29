package io.causeway.simulator.fleet;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.scenario.Alarms;
import io.causeway.simulator.scenario.Beacon;
import io.causeway.simulator.scenario.BrownOuts;
import io.causeway.simulator.scenario.Commands;
import io.causeway.simulator.scenario.Connection;
import io.causeway.simulator.scenario.Firmware;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Pace;
import io.causeway.simulator.scenario.PayloadTemplate;
import io.causeway.simulator.scenario.Report;
import io.causeway.simulator.scenario.Roaming;
import io.causeway.simulator.scenario.Sleep;
import io.causeway.simulator.scenario.Span;
import io.causeway.simulator.scenario.TopicPattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A group, trait by trait. */
final class GroupBuilder {
    static final String BEACON_TOPIC = "spots";

    private static final TopicPattern TOPIC = new TopicPattern("{run}/{client}/report");
    private static final TopicPattern ALARM_TOPIC = new TopicPattern("{run}/{client}/alarm");
    private static final TopicPattern COMMAND_TOPIC = new TopicPattern("{run}/{client}/command");

    private final int count;
    private Firmware firmware = Firmware.STANDARD;
    private Connection connection = new Connection(Duration.ofMinutes(1), false, false, Duration.ofSeconds(3), 3);
    private @Nullable Report report;
    private @Nullable Alarms alarms;
    private @Nullable Sleep sleep;
    private @Nullable Commands commands;
    private @Nullable Beacon beacon;
    private @Nullable Roaming roaming;
    private @Nullable BrownOuts brownOuts;
    private NetworkConditions network = NetworkConditions.IDEAL;

    GroupBuilder(int count) {
        this.count = count;
    }

    GroupBuilder firmware(Firmware habits) {
        firmware = habits;
        return this;
    }

    GroupBuilder cleanSession() {
        connection = new Connection(
                connection.keepAlive(), true, connection.will(), connection.retryInterval(), connection.retryCount());
        return this;
    }

    GroupBuilder retries(Duration interval) {
        connection = new Connection(
                connection.keepAlive(),
                connection.cleanSession(),
                connection.will(),
                interval,
                connection.retryCount());
        return this;
    }

    GroupBuilder will() {
        connection =
                new Connection(connection.keepAlive(), connection.cleanSession(), true, connection.retryInterval(), 3);
        return this;
    }

    GroupBuilder reports(Duration every, Qos qos) {
        report = new Report(new Pace.Every(every, 0.1), qos, false, TOPIC, PayloadTemplate.DEFAULT);
        return this;
    }

    GroupBuilder reportsInClosedLoop(Duration pause, Qos qos) {
        report = new Report(new Pace.OnAcknowledgement(pause), qos, false, TOPIC, PayloadTemplate.DEFAULT);
        return this;
    }

    GroupBuilder alarms(Duration every, Qos qos) {
        alarms = new Alarms(every, new Span<>(2, 5), Duration.ofMillis(50), qos, ALARM_TOPIC, PayloadTemplate.DEFAULT);
        return this;
    }

    GroupBuilder sleeps(Duration period) {
        sleep = new Sleep(period, 0.1);
        return this;
    }

    GroupBuilder commands(Duration every, Qos qos) {
        commands = new Commands(every, qos, COMMAND_TOPIC, PayloadTemplate.DEFAULT);
        return this;
    }

    GroupBuilder beacon(Duration interval) {
        beacon = new Beacon(interval, 0.1, 7, BEACON_TOPIC, PayloadTemplate.DEFAULT);
        return this;
    }

    GroupBuilder roams(Duration every) {
        roaming = new Roaming(every);
        return this;
    }

    GroupBuilder brownOuts(Duration every) {
        brownOuts = new BrownOuts(every, new Span<>(Duration.ofSeconds(1), Duration.ofSeconds(20)));
        return this;
    }

    GroupBuilder network(NetworkConditions conditions) {
        network = conditions;
        return this;
    }

    Group build(String name) {
        return new Group(
                name,
                count,
                firmware,
                connection,
                report,
                alarms,
                sleep,
                commands,
                beacon,
                roaming,
                brownOuts,
                network);
    }
}
