package dev.soundlift.emulator;

/** What the service answers to. */
public enum Endpoint {
    TOKEN("POST", "/api/auth/anonymous-token"),
    CLAIM("POST", "/api/auth/claim-token"),
    SESSION("POST", "/api/tasks/me/with-session/nemo_agent"),
    CREDITS("GET", "/api/credits/balance/simple"),
    STATE("GET", "/api/state/nemo_agent/me/[^/]+/latest"),
    UPLOAD("POST", "/api/upload-video/nemo_agent/me/[^/]+"),
    SAY("POST", "/run_sse"),
    SUBMIT("POST", "/api/render/proxy/lambda"),
    POLL("GET", "/api/render/proxy/lambda/[^/]+"),
    CANCEL("POST", "/api/render/proxy/lambda/[^/]+/cancel"),
    FALLBACK("GET", "/api/render/proxy/[^/]+/download"),
    /** On the other host. */
    FILE("GET", "/files/.+"),
    UNKNOWN("", "");

    private final String method;
    private final String path;

    Endpoint(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static Endpoint of(String method, String path) {
        for (Endpoint endpoint : values()) {
            if (endpoint.method.equals(method) && path.matches(endpoint.path)) return endpoint;
        }
        return UNKNOWN;
    }
}
