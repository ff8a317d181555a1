package dev.soundlift.source;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses belong to everyone. */
public final class Addresses {
    private Addresses() {}

    /**
     * Whether an address is one of the open Internet: not this machine, not a private or local network, not many at
     * once (IANA's special-purpose registries, RFC 6890).
     */
    public static boolean isPublic(InetAddress address) {
        boolean special = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        if (special) return false;
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes, 0);
    }

    private static boolean isPublic4(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        int second = bytes[at + 1] & 0xFF;
        int third = bytes[at + 2] & 0xFF;
        if (first == 0 || first == 10 || first == 127 || first >= 224)
            return false; // "this", private, loopback, class D and E
        if (first == 100 && second >= 64 && second < 128) return false; // carriers' own (RFC 6598)
        if (first == 169 && second == 254) return false; // link-local, where clouds keep their secrets
        if (first == 172 && second >= 16 && second < 32) return false;
        if (first == 192 && second == 168) return false;
        if (first == 192 && second == 0 && (third == 0 || third == 2)) return false;
        if (first == 198 && (second == 18 || second == 19)) return false; // benchmarks
        return !(first == 198 && second == 51 && third == 100) && !(first == 203 && second == 0 && third == 113);
    }

    private static boolean isPublic6(byte[] bytes) {
        if ((bytes[0] & 0xFE) == 0xFC) return false; // unique local (RFC 4193)
        if ((bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xC0) == 0xC0) return false; // site-local, of old
        boolean zeros = true;
        for (int i = 0; i < 10; i++) zeros &= bytes[i] == 0;
        boolean mapped = zeros && bytes[10] == -1 && bytes[11] == -1;
        boolean compatible = zeros && bytes[10] == 0 && bytes[11] == 0;
        boolean translated = bytes[0] == 0 && (bytes[1] & 0xFF) == 0x64 && bytes[2] == -1 && (bytes[3] & 0xFF) == 0x9B;
        if (mapped || compatible || translated) return isPublic4(bytes, 12) && !(translated && bytes[5] != 0);
        if ((bytes[0] & 0xFF) == 0x20 && bytes[1] == 2) return isPublic4(bytes, 2); // 6to4
        boolean teredo = (bytes[0] & 0xFF) == 0x20 && bytes[1] == 1 && bytes[2] == 0 && bytes[3] == 0;
        return !teredo;
    }
}
