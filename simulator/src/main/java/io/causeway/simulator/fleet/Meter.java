package io.causeway.simulator.fleet;

import io.causeway.simulator.report.LatencyRecorder;
import io.causeway.simulator.report.Sample;
import io.causeway.simulator.report.SensorState;
import io.causeway.simulator.report.Trouble;
import java.util.EnumMap;
import java.util.Map;

/** Counts what happens from one sample to the next, and latencies of the whole run. Owned by the thread of the run. */
final class Meter {
    private final LatencyRecorder acknowledgement = new LatencyRecorder();
    private final LatencyRecorder endToEnd = new LatencyRecorder();
    private final LatencyRecorder commandLatency = new LatencyRecorder();
    private final LatencyRecorder recentAcknowledgement = new LatencyRecorder();
    private final LatencyRecorder recentEndToEnd = new LatencyRecorder();
    private final Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
    private long heard;
    private long heardNanos;
    private long connected;
    private int newcomers;
    private long newcomerNanos;
    private String socketTrouble = "";
    private long sent;
    private long acknowledged;
    private long arrived;
    private long commands;
    private long received;

    /** The gateway has said something that is MQTT-SN. */
    void onHeard(long nowNanos) {
        heard++;
        heardNanos = nowNanos;
    }

    /** A sensor has been accepted. */
    void onConnected() {
        connected++;
    }

    /** A sensor has been accepted for the first time. */
    void onNewcomer(long nowNanos) {
        newcomers++;
        newcomerNanos = nowNanos;
    }

    /** @param cause in the system's words */
    void onSocketTrouble(String cause) {
        socketTrouble = cause;
    }

    long heard() {
        return heard;
    }

    /** When it last did; meaningless if it never has. */
    long heardNanos() {
        return heardNanos;
    }

    long connected() {
        return connected;
    }

    /** How many sensors have been accepted. */
    int newcomers() {
        return newcomers;
    }

    /** When the latest sensor was accepted for the first time; meaningless if none was. */
    long newcomerNanos() {
        return newcomerNanos;
    }

    /** The latest; empty if there was none. */
    String socketTrouble() {
        return socketTrouble;
    }

    void onSent() {
        sent++;
    }

    /** @param nanos since the message was due */
    void onAcknowledged(long nanos) {
        acknowledged++;
        recentAcknowledgement.record(nanos);
    }

    /** At the broker, for the first time. */
    void onArrived(long nanos) {
        arrived++;
        recentEndToEnd.record(nanos);
    }

    void onCommand() {
        commands++;
    }

    /** A command at its sensor, for the first time. */
    void onReceived(long nanos) {
        received++;
        commandLatency.record(nanos);
    }

    void onTrouble(Trouble trouble, long times) {
        troubles.merge(trouble, times, Long::sum);
    }

    /** What happened since the last call. */
    Sample sample(long elapsedMillis, Sample.Phase phase, Map<SensorState, Integer> states, long outstanding) {
        Sample sample = new Sample(
                elapsedMillis,
                phase,
                states,
                sent,
                acknowledged,
                arrived,
                commands,
                received,
                recentAcknowledgement.percentiles(),
                recentEndToEnd.percentiles(),
                troubles,
                outstanding);
        acknowledgement.addAll(recentAcknowledgement);
        endToEnd.addAll(recentEndToEnd);
        recentAcknowledgement.reset();
        recentEndToEnd.reset();
        troubles.clear();
        sent = 0;
        acknowledged = 0;
        arrived = 0;
        commands = 0;
        received = 0;
        return sample;
    }

    /** Those of messages, up to the last sample. */
    void forgetLatencies() {
        acknowledgement.reset();
        endToEnd.reset();
    }

    /** Up to the last sample. */
    LatencyRecorder acknowledgement() {
        return acknowledgement;
    }

    /** Up to the last sample. */
    LatencyRecorder endToEnd() {
        return endToEnd;
    }

    LatencyRecorder commandLatency() {
        return commandLatency;
    }
}
