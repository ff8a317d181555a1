package dev.soundlift.nemo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Why a call was refused, read from body and status (PROTOCOL.md, section 3).
 *
 * @param code the business code, or else the HTTP status
 * @param message what the service said, fit to be shown; may be empty
 */
record Problem(Kind kind, long code, String message) {

    enum Kind {
        SIGN_IN,
        SESSION_GONE,
        NO_CREDITS,
        FILE_TYPE,
        TOO_LARGE,
        BAD_REQUEST,
        PLAN,
        NOT_FOUND,
        BUSY,
        /** 5xx: what became of the call is not known. */
        SERVER,
        REFUSED,
        /** An answer that makes no sense. */
        GARBAGE
    }

    /** Nothing where the answer is one of success. */
    static Optional<Problem> of(Reply reply) {
        JsonNode json = reply.json();
        String message = message(json);
        OptionalLong code = JsonText.number(json.path("code"));
        if (code.isPresent() && code.getAsLong() != 0) {
            return Optional.of(new Problem(byCode(code.getAsLong()), code.getAsLong(), message));
        }
        if (reply.status() < 200 || reply.status() > 299) {
            return Optional.of(new Problem(byStatus(reply.status()), reply.status(), message));
        }
        if (!json.isObject()) return Optional.of(new Problem(Kind.GARBAGE, reply.status(), ""));
        if (json.path("success").isBoolean() && !json.path("success").asBoolean()) {
            return Optional.of(new Problem(Kind.REFUSED, reply.status(), message));
        }
        return Optional.empty();
    }

    /** An error inside a stream. */
    static Optional<Problem> inStream(JsonNode event) {
        OptionalLong code = JsonText.number(event.path("code"));
        Optional<String> error = JsonText.firstText(event, "/error", "/errorMessage", "/error/message");
        Optional<String> errorCode = JsonText.text(event.path("errorCode"));
        boolean named = event.path("type").asText().equals("error");
        if (code.isPresent() && code.getAsLong() != 0) {
            return Optional.of(new Problem(byCode(code.getAsLong()), code.getAsLong(), message(event)));
        }
        if (error.isEmpty()
                && errorCode.isEmpty()
                && !named
                && !event.path("error").isObject()) return Optional.empty();
        OptionalLong number = JsonText.number(event.path("errorCode"));
        String words = error.or(() -> Optional.of(message(event)).filter(text -> !text.isEmpty()))
                .or(() -> JsonText.text(event.path("content")))
                .or(() -> errorCode)
                .orElse("");
        Kind kind = number.isPresent() ? byCode(number.getAsLong()) : Kind.REFUSED;
        return Optional.of(new Problem(kind, number.orElse(0), Redaction.line(words)));
    }

    private static Kind byCode(long code) {
        if (code == 1001) return Kind.SIGN_IN;
        if (code == 1002) return Kind.SESSION_GONE;
        if (code == 2001) return Kind.NO_CREDITS;
        if (code == 4001) return Kind.FILE_TYPE;
        if (code == 4002) return Kind.TOO_LARGE;
        boolean status = code >= 300 && code <= 599;
        return status ? byStatus((int) code) : Kind.REFUSED;
    }

    private static Kind byStatus(int status) {
        return switch (status) {
            case 400 -> Kind.BAD_REQUEST;
            case 401 -> Kind.SIGN_IN;
            case 402 -> Kind.PLAN;
            case 404 -> Kind.NOT_FOUND;
            case 413 -> Kind.TOO_LARGE;
            case 415 -> Kind.FILE_TYPE;
            case 429 -> Kind.BUSY;
            default -> status >= 500 ? Kind.SERVER : status < 400 ? Kind.GARBAGE : Kind.REFUSED;
        };
    }

    private static String message(JsonNode json) {
        return JsonText.firstText(json, "/message", "/error", "/detail", "/data/error")
                .map(Redaction::line)
                .orElse("");
    }

    /** On a path that names a session, "not found" means that the session is gone. */
    Problem onSessionPath() {
        return kind == Kind.NOT_FOUND ? new Problem(Kind.SESSION_GONE, code, message) : this;
    }
}
