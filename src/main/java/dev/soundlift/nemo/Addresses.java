package dev.soundlift.nemo;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;

/** Which addresses belong to the open internet. */
final class Addresses {
    private Addresses() {}

    static boolean isLoopbackName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    /** Whether a server's answer could make us call something inside the user's own network. */
    static boolean isPrivate(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        if (address instanceof Inet4Address) {
            boolean shared = first == 100 && second >= 64 && second < 128; // RFC 6598
            return first == 0 || first >= 240 || shared;
        }
        return (first & 0xFE) == 0xFC; // unique local, RFC 4193
    }
}
