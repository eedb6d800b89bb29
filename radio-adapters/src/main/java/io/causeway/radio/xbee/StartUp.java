package io.causeway.radio.xbee;

import io.causeway.radio.xbee.frame.ApiMode;
import io.causeway.radio.xbee.frame.AtResponse;
import io.causeway.radio.xbee.frame.Octets;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out what radio is at the other end of a line that has come up: its mode and rate, and what it tells about
 * itself. Sets what is not as it should be only if the settings allow it. Does not give up: after trouble it tries
 * again, less and less often. Owned by the loop.
 */
final class StartUp implements AtExchange.Asker, TransparentProbe.Listener {
    /** What came of it; may be told again and again. */
    interface Listener {
        void onReady(RadioIdentity radio, long nowNanos);

        /** @param cause in a sentence for the operator: what is wrong, and what would help */
        void onTrouble(String cause, long nowNanos);

        /** Something the operator should know though the radio can be used. */
        void onRemark(String remark);
    }

    private static final List<String> PARAMETERS =
            List.of("HV", "VR", "SH", "SL", "NP", "AO", "AI", "MY", "CH", "ID", "OP", "D6", "D7", "SP", "NH");
    private static final int PATIENT_TRIES = 3;
    private static final int TRIES = 2;
    private static final Duration PATIENT_WAIT = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration LEAST_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration MOST_BACK_OFF = Duration.ofSeconds(60);
    private static final int MOST_SILENT_PARAMETERS = 3;
    private static final int STATUS_MASK = 0x0F;

    private enum Phase {
        IDLE,
        ASKING_MODE,
        SETTING_MODE,
        PROBING,
        READING,
        SETTING_OUTPUT,
        SAVING,
        WAITING
    }

    private final XBeeSettings settings;
    private final RadioLine line;
    private final AtExchange exchange;
    private final FrameIds ids;
    private final Listener listener;
    private final TransparentProbe probe;
    private final RateSearch rates;
    private final Map<String, Long> parameters = new HashMap<>();
    private Phase phase = Phase.IDLE;
    private int nextParameter;
    private int silentParameters;
    private boolean modeWasSet;
    private boolean changed;
    private Duration backOff = LEAST_BACK_OFF;
    private long dueNanos;

    StartUp(XBeeSettings settings, RadioLine line, AtExchange exchange, FrameIds ids, Listener listener) {
        this.settings = settings;
        this.line = line;
        this.exchange = exchange;
        this.ids = ids;
        this.listener = listener;
        this.probe = new TransparentProbe(line, this);
        this.rates = new RateSearch(settings.line().bitsPerSecond());
    }

    /** Begins, at the rate at hand: the line has come up, or the radio was reset. */
    void begin(long nowNanos) {
        stop();
        ids.reset(); // so that the first id is 1, and neither it nor its answer has octets to escape: any mode will do
        if (rates.isFirst() && backOff.equals(LEAST_BACK_OFF)) { // so that other noise each round is no other trouble
            line.forgetFirstOctets();
        }
        parameters.clear();
        nextParameter = 0;
        silentParameters = 0;
        modeWasSet = false;
        changed = false;
        phase = Phase.ASKING_MODE;
        boolean patient = rates.isFirst();
        ask("AP", Octets.EMPTY, patient ? PATIENT_TRIES : TRIES, patient ? PATIENT_WAIT : WAIT, nowNanos);
    }

    /** The line has gone. */
    void stop() {
        exchange.cancel();
        probe.cancel();
        phase = Phase.IDLE;
    }

    /**
     * Looks at what comes, which may be text of a radio in transparent mode.
     *
     * @param octets not consumed
     */
    void onOctets(ByteBuf octets, long nowNanos) {
        if (probe.isRunning()) {
            probe.onText(octets.toString(StandardCharsets.ISO_8859_1), nowNanos);
        }
    }

    /** An answer that nobody waits for any more: a radio that starts slowly answers while another question is tried. */
    void onLateResponse(AtResponse response, long nowNanos) {
        if (phase == Phase.PROBING && response.command().equals("AP")) {
            probe.cancel();
            phase = Phase.ASKING_MODE;
            onAnswer(response, nowNanos);
        }
    }

    void onTick(long nowNanos) {
        probe.onTick(nowNanos);
        if (phase == Phase.WAITING && nowNanos - dueNanos >= 0) {
            rates.restart();
            begin(nowNanos);
        }
    }

    private void ask(String command, Octets value, int tries, Duration wait, long nowNanos) {
        exchange.ask(command, value, tries, wait, this, nowNanos);
    }

    private void set(String command, int value, long nowNanos) {
        ask(command, Octets.ofNumber(value, 1), TRIES, PATIENT_WAIT, nowNanos);
    }

    @Override
    public void onAnswer(AtResponse answer, long nowNanos) {
        boolean done = (answer.status() & STATUS_MASK) == 0;
        switch (phase) {
            case ASKING_MODE -> onMode(answer, nowNanos);
            case SETTING_MODE -> {
                if (done) {
                    line.use(settings.apiMode().wanted());
                    changed = true;
                } else {
                    remarkRefusedMode();
                }
                read(nowNanos);
            }
            case READING -> {
                silentParameters = 0;
                if (done && !answer.value().isEmpty()) {
                    parameters.put(answer.command(), answer.value().number());
                }
                read(nowNanos);
            }
            case SETTING_OUTPUT -> {
                changed |= done;
                parameters.put("AO", done ? 0 : parameters.get("AO"));
                save(nowNanos);
            }
            case SAVING -> finish(nowNanos);
            case IDLE, PROBING, WAITING -> {}
        }
    }

    @Override
    public void onSilence(String command, long nowNanos) {
        switch (phase) {
            case ASKING_MODE -> {
                phase = Phase.PROBING;
                probe.begin(
                        settings.configure()
                                ? "ATAP" + settings.apiMode().wanted().ap()
                                : "",
                        nowNanos);
            }
            case READING -> {
                if (++silentParameters < MOST_SILENT_PARAMETERS) {
                    read(nowNanos);
                } else {
                    trouble("the radio on " + line.portName() + " has stopped answering", nowNanos);
                }
            }
            case SETTING_MODE -> { // it may be in either mode
                phase = Phase.ASKING_MODE;
                ask("AP", Octets.EMPTY, TRIES, PATIENT_WAIT, nowNanos);
            }
            case SETTING_OUTPUT -> save(nowNanos);
            case SAVING -> finish(nowNanos);
            case IDLE, PROBING, WAITING -> {}
        }
    }

    private void onMode(AtResponse answer, long nowNanos) {
        boolean known = (answer.status() & STATUS_MASK) == 0;
        line.use(known && answer.value().number() == ApiMode.ESCAPED.ap() ? ApiMode.ESCAPED : ApiMode.UNESCAPED);
        ApiMode wanted = settings.apiMode().wanted();
        if (line.mode() == wanted) {
            changed = modeWasSet;
            read(nowNanos);
        } else if (modeWasSet) {
            remarkRefusedMode();
            read(nowNanos);
        } else if (settings.configure()) {
            phase = Phase.SETTING_MODE;
            modeWasSet = true;
            set("AP", wanted.ap(), nowNanos);
        } else {
            if (settings.apiMode() != XBeeSettings.ModeChoice.AUTO) {
                remark("the radio is in API mode " + line.mode().ap() + ", which is used, though api-mode is "
                        + wanted.ap() + ": configure: true would set it");
            }
            read(nowNanos);
        }
    }

    private void read(long nowNanos) {
        if (nextParameter < PARAMETERS.size()) {
            phase = Phase.READING;
            ask(PARAMETERS.get(nextParameter++), Octets.EMPTY, TRIES, PATIENT_WAIT, nowNanos);
        } else if (settings.configure() && parameters.getOrDefault("AO", 0L) != 0) {
            phase = Phase.SETTING_OUTPUT;
            set("AO", 0, nowNanos);
        } else {
            save(nowNanos);
        }
    }

    private void save(long nowNanos) {
        if (!changed) {
            finish(nowNanos);
            return;
        }
        phase = Phase.SAVING;
        ask("WR", Octets.EMPTY, TRIES, PATIENT_WAIT, nowNanos);
    }

    private void finish(long nowNanos) {
        phase = Phase.IDLE;
        backOff = LEAST_BACK_OFF;
        rates.restart();
        if (!settings.anyRate() && rates.rate() != rates.wantedRate()) {
            remark("the radio answers at " + rates.rate() + " baud, not at " + rates.wantedRate() + ": set baud: "
                    + rates.rate());
        }
        RadioIdentity radio = new RadioIdentity(parameters, line.mode(), rates.rate());
        RadioRemarks.about(radio, settings).forEach(listener::onRemark);
        listener.onReady(radio, nowNanos);
    }

    @Override
    public void onNoTransparentRadio(long nowNanos) {
        if (rates.isExhausted()) {
            trouble(
                    "no XBee radio answers on " + line.portName() + " at " + rates + " baud, " + line.firstOctets()
                            + ": check that it is the right port and that the radio has power and API firmware",
                    nowNanos);
            return;
        }
        phase = Phase.IDLE;
        rates.next();
        line.useRate(rates.rate());
    }

    @Override
    public void onTransparentRadio(String ap, long nowNanos) {
        String mode = ap.equals("4") ? "MicroPython mode (AP=4)" : "transparent mode (AP=0)";
        trouble(
                "the radio on " + line.portName() + " answers in " + mode + " at " + rates.rate()
                        + " baud: set AP=2 and WR in it, or configure: true here",
                nowNanos);
    }

    @Override
    public void onSwitched(long nowNanos) {
        remark("the radio was in transparent mode and is in API mode "
                + settings.apiMode().wanted().ap() + " now");
        begin(nowNanos);
    }

    private void trouble(String cause, long nowNanos) {
        phase = Phase.WAITING;
        dueNanos = nowNanos + backOff.toNanos();
        backOff = backOff.multipliedBy(2).compareTo(MOST_BACK_OFF) < 0 ? backOff.multipliedBy(2) : MOST_BACK_OFF;
        listener.onTrouble(cause, nowNanos);
    }

    private void remarkRefusedMode() {
        remark("the radio refuses AP=" + settings.apiMode().wanted().ap());
    }

    private void remark(String remark) {
        listener.onRemark(remark);
    }
}
