package io.causeway.gateway.cli;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code causeway decode}: says what a datagram is. */
@Command(
        name = "decode",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        description = {
            "Decode an MQTT-SN 1.2 datagram, with the message within if a forwarder has wrapped it.",
            "",
            "What deployed devices get wrong and the gateway tolerates is decoded with a note."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Everything could be decoded.", "1:Something is malformed; it says what.", "2:Wrong usage."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway decode 0218",
            "  causeway decode 0B:0C:62:61:62:00:01:32:31:2E:35",
            "  causeway decode - < datagrams.txt     one in each line; # begins a comment"
        })
final class DecodeCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final Console console;

    @Parameters(
            arity = "1..*",
            paramLabel = "HEX",
            description =
                    "The octets of one datagram; colons, spaces and 0x are skipped. '-' for standard input, one datagram in each line.")
    private List<String> arguments = List.of();

    DecodeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!arguments.equals(List.of(STANDARD_INPUT))) {
            return decode(String.join(" ", arguments), "") ? CausewayCommand.DONE : CausewayCommand.FAILED;
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
        int number = 0;
        boolean all = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String hex = line.replaceFirst("#.*", "").strip();
            if (!hex.isEmpty()) {
                all &= decode(hex, "line " + number + ": ");
            }
        }
        return all ? CausewayCommand.DONE : CausewayCommand.FAILED;
    }

    private boolean decode(String hex, String place) {
        try {
            Octets datagram = Hex.parse(hex);
            console.out().print(new PacketText().datagram(datagram));
            return true;
        } catch (IllegalArgumentException e) {
            console.err().println("causeway: " + place + e.getMessage());
        } catch (MalformedPacketException e) {
            console.err().println("causeway: " + place + "malformed " + PacketText.typeOf(e) + ": " + e.reason());
        }
        return false;
    }
}
