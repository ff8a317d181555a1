package dev.soundlift.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a phrase of the vocabulary is said in Cantonese, where only small words are other ones: 不用转码 is 唔使转码 there. */
final class Cantonese {
    private static final Map<String, String> SMALL =
            Map.of("不", "唔", "没", "冇", "的", "嘅", "在", "喺", "那", "嗰", "这", "呢", "他", "佢", "点", "啲", "弄", "整", "和", "同");

    /** After 不 and 没: 不用 is 唔使, 没有 is 冇. */
    private static final Map<String, String> NEXT = Map.of("不用", "使", "不需", "使", "没有", "");

    private static final int SHORTEST = 2;

    private Cantonese() {}

    /** Nothing where it is said alike. */
    static List<List<String>> of(List<String> atoms) {
        if (atoms.size() < SHORTEST || atoms.get(0).charAt(0) < 0x2e80) return List.of();
        List<String> other = new ArrayList<>();
        for (int at = 0; at < atoms.size(); at++) {
            String pair = at + 1 < atoms.size() ? atoms.get(at) + atoms.get(at + 1) : "";
            other.add(SMALL.getOrDefault(atoms.get(at), atoms.get(at)));
            if (!NEXT.containsKey(pair)) continue;
            if (!NEXT.get(pair).isEmpty()) other.add(NEXT.get(pair));
            // 不需要 is 唔使 as well
            at += pair.equals("不需")
                            && at + 2 < atoms.size()
                            && atoms.get(at + 2).equals("要")
                    ? 2
                    : 1;
        }
        if (other.equals(atoms) || other.size() < SHORTEST) return List.of();
        int not = other.indexOf("唔");
        boolean forbids =
                not >= 0 && not + 2 < other.size() && other.get(not + 1).equals("要");
        if (!forbids) return List.of(List.copyOf(other));
        List<String> politely = new ArrayList<>(other);
        politely.set(not + 1, "好");
        return List.of(List.copyOf(other), List.copyOf(politely));
    }
}
