package dev.soundlift.nemo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a user takes a project over. The account's token never stands in it, unless that is asked for in so many words: a
 * link is logged by every server that it passes (PROTOCOL.md, section 9).
 */
public record ClaimLink(String address) {

    static ClaimLink byClaimToken(CloudSettings settings, String claimToken) {
        return new ClaimLink(settings.web() + "/workspace/claim?ct=" + encoded(claimToken));
    }

    static ClaimLink withoutToken(CloudSettings settings, Session session) {
        return new ClaimLink(settings.web() + "/workspace/claim?" + parameters(settings, session));
    }

    static ClaimLink withToken(CloudSettings settings, Session session, Token token) {
        return new ClaimLink(settings.web() + "/workspace/claim?token=" + encoded(token.value()) + "&"
                + parameters(settings, session));
    }

    private static String parameters(CloudSettings settings, Session session) {
        Attribution skill = settings.attribution();
        return "task=" + encoded(session.taskId().orElse("")) + "&session=" + encoded(session.id()) + "&skill_name="
                + encoded(skill.source()) + "&skill_version=" + encoded(skill.version()) + "&skill_source="
                + encoded(skill.platform());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
