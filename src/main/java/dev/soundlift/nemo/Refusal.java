package dev.soundlift.nemo;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;

/** Puts a problem into words: what happened, and what the user can do (PROTOCOL.md, section 3). */
final class Refusal {
    private final CloudSettings settings;
    private final SignIn account;

    Refusal(CloudSettings settings, SignIn account) {
        this.settings = settings;
        this.account = account;
    }

    ExtractionException of(Problem problem) {
        boolean configured = settings.configured().isPresent();
        return switch (problem.kind()) {
            case SIGN_IN ->
                configured
                        ? made(ErrorKind.CLOUD_SIGN_IN, "error.cloud-configured-token", "next.cloud-configured-token")
                        : made(ErrorKind.CLOUD_SIGN_IN, "error.cloud-sign-in", "next.cloud-sign-in");
            case SESSION_GONE -> made(ErrorKind.CLOUD_SESSION, "error.cloud-session", "next.cloud-session");
            case NO_CREDITS ->
                account.anonymous()
                        ? new ExtractionException(
                                ErrorKind.CLOUD_CREDITS,
                                Text.of("error.cloud-credits"),
                                Text.of("next.cloud-register", account.registerLink()))
                        : made(ErrorKind.CLOUD_CREDITS, "error.cloud-credits", "next.cloud-top-up");
            case FILE_TYPE ->
                new ExtractionException(
                        ErrorKind.CLOUD_FILE_TYPE,
                        Text.of("error.cloud-file-type"),
                        Text.of("next.cloud-file-type", AcceptedFiles.list()));
            case TOO_LARGE -> made(ErrorKind.CLOUD_FILE_SIZE, "error.cloud-file-size", "next.cloud-file-size");
            case PLAN ->
                new ExtractionException(
                        ErrorKind.CLOUD_PLAN,
                        Text.of("error.cloud-plan"),
                        Text.of("next.cloud-plan", account.registerLink()));
            case BUSY -> made(ErrorKind.CLOUD_BUSY, "error.cloud-busy", "next.cloud-busy");
            case SERVER ->
                new ExtractionException(
                        ErrorKind.CLOUD_NO_ANSWER,
                        Text.of("error.cloud-server", settings.host(), Long.toString(problem.code())),
                        Text.of("next.cloud-later"));
            case GARBAGE ->
                new ExtractionException(
                        ErrorKind.CLOUD_NO_ANSWER,
                        Text.of("error.cloud-garbage", settings.host()),
                        Text.of("next.cloud-later"));
            case BAD_REQUEST, NOT_FOUND, REFUSED ->
                new ExtractionException(
                        ErrorKind.CLOUD_REFUSED,
                        problem.message().isEmpty()
                                ? Text.of("error.cloud-refused", Long.toString(problem.code()))
                                : Text.of(
                                        "error.cloud-refused-words", Long.toString(problem.code()), problem.message()),
                        Text.of("next.cloud-refused"));
        };
    }

    ExtractionException of(ConnectionLost lost) {
        return new ExtractionException(
                ErrorKind.CLOUD_NO_ANSWER,
                Text.of("error.cloud-network", settings.host(), lost.reason()),
                Text.of("next.cloud-network"),
                lost);
    }

    private static ExtractionException made(ErrorKind kind, String error, String next) {
        return new ExtractionException(kind, Text.of(error), Text.of(next));
    }
}
