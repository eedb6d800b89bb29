package io.causeway.broker.listen;

/** How clients reach a listener, by the name that stands in front of its address. */
public enum ListenerScheme {
    MQTT("mqtt", false, false),
    MQTTS("mqtts", true, false),
    WS("ws", false, true),
    WSS("wss", true, true);

    private final String text;
    private final boolean secured;
    private final boolean webSocket;

    ListenerScheme(String text, boolean secured, boolean webSocket) {
        this.text = text;
        this.secured = secured;
        this.webSocket = webSocket;
    }

    /** As in a URI. */
    public String text() {
        return text;
    }

    /** Whether TLS is spoken below. */
    public boolean isSecured() {
        return secured;
    }

    public boolean isWebSocket() {
        return webSocket;
    }
}
