package io.causeway.store.sqlite;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonExportTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"quoted\"",
                "back\\slash",
                "\u0000\u0001\n\r\t\u001f\u007f",
                "größe 😀",
                "/</script>"
            })
    void anyText_isReadBackAsItWas(String text) throws IOException {
        StringBuilder json = new StringBuilder();
        JsonExport.writeValue(text, json);

        assertThat(new ObjectMapper().readValue(json.toString(), String.class)).isEqualTo(text);
    }

    @Test
    void halfACharacter_isEscaped() throws IOException {
        StringBuilder json = new StringBuilder();
        JsonExport.writeValue("a\ud83dz\ude00", json);

        assertThat(json).hasToString("\"a\\ud83dz\\ude00\"");
    }

    @Test
    void nestedValues_areWrittenAsTheyAre() throws IOException {
        StringBuilder json = new StringBuilder();
        JsonExport.writeValue(Map.of("a", List.of(1, -2L, "x", Map.of(), List.of())), json);
        JsonExport.writeValue(null, json);

        assertThat(json).hasToString("{\"a\":[1,-2,\"x\",{},[]]}null");
    }
}
