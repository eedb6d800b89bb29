package io.causeway.bridge;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Says in words why there is no connection. */
final class PahoFailures {
    private PahoFailures() {}

    static ConnectionLoss of(Throwable failure) {
        Throwable cause = failure;
        if (failure instanceof MqttException e) {
            if (e.getReasonCode() == MqttException.REASON_CODE_CLIENT_TIMEOUT
                    || e.getReasonCode() == MqttException.REASON_CODE_WRITE_TIMEOUT) {
                return ours("the broker does not answer any more (keep-alive)");
            }
            if (e.getCause() == null) {
                return ours(inWords(e));
            }
            cause = e.getCause();
        }
        return ofSocket(cause);
    }

    /** Whether the broker has refused the protocol level of the CONNECT. */
    static boolean isOfVersion(Throwable failure) {
        return failure instanceof MqttException e
                && e.getReasonCode() == MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION;
    }

    /** Whether the broker has answered the CONNECT, and does not want us. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof MqttException e
                && e.getReasonCode() >= MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION
                && e.getReasonCode() <= MqttException.REASON_CODE_NOT_AUTHORIZED;
    }

    /** Return codes of the CONNACK (MQTT 3.1.1 §3.2.2.3), which Paho uses as reason codes. */
    private static String inWords(MqttException refused) {
        return switch (refused.getReasonCode()) {
            case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION -> "the broker does not speak MQTT 3.1.1";
            case MqttException.REASON_CODE_INVALID_CLIENT_ID -> "the broker does not take our client id";
            case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> "the broker says that it is unavailable";
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION -> "wrong user name or password";
            case MqttException.REASON_CODE_NOT_AUTHORIZED ->
                "not authorized: the user, the password or the client id is not accepted";
            default -> refused.toString();
        };
    }

    private static ConnectionLoss ofSocket(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return ours("the name " + cause.getMessage() + " is not known");
        }
        if (cause instanceof SocketTimeoutException) {
            return ours("no answer in time");
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return ours("cannot reach it: " + cause.getMessage());
        }
        if (cause instanceof SSLException) {
            return ours("TLS: " + tlsInWords(cause));
        }
        if (cause instanceof EOFException) {
            return new ConnectionLoss("the broker closed the connection", true);
        }
        if (cause instanceof SocketException) {
            return new ConnectionLoss("the broker cut the connection (" + cause.getMessage() + ")", true);
        }
        return ours(cause.toString());
    }

    private static String tlsInWords(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof CertPathValidatorException
                    || message.contains("unable to find valid certification path")) {
                return "the broker's certificate is not from an authority that we trust: " + message;
            }
            if (cause instanceof CertificateException && message.startsWith("No ")) {
                return "the broker's certificate is for another name: " + message;
            }
        }
        return String.valueOf(failure.getMessage());
    }

    private static ConnectionLoss ours(String cause) {
        return new ConnectionLoss(cause, false);
    }
}
