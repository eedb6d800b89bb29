package io.causeway.radio.xbee;

import io.causeway.radio.port.LineSettings.FlowControl;
import java.util.ArrayList;
import java.util.List;

/** What the operator should know about a radio that can be used. */
final class RadioRemarks {
    private RadioRemarks() {}

    static List<String> about(RadioIdentity radio, XBeeSettings settings) {
        List<String> remarks = new ArrayList<>();
        if (!Family.isKnown(radio.value("HV", 0))) {
            remarks.add("the hardware is not known here, and used as a Zigbee radio");
        }
        FlowControl flowControl = settings.line().flowControl();
        if (flowControl == FlowControl.RTS_CTS && radio.value("D7", 1) != 1) {
            remarks.add("flow-control is rts-cts, but the radio does not drive CTS (D7=" + radio.value("D7", 1)
                    + "): set D7=1, or flow-control: none");
        }
        if (flowControl == FlowControl.NONE && radio.value("D6", 0) == 1) {
            remarks.add("the radio waits for RTS (D6=1): set D6=0, or flow-control: rts-cts");
        }
        return remarks;
    }
}
