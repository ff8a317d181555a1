package dev.soundlift.sentence;

/** Reads traditional characters as simplified ones, and wide forms as narrow ones; one character for one. */
final class Traditional {
    /** Pairs for the characters of {@code vocabulary.txt} and those that people put beside them. */
    private static final String PAIRS =
            "擺摆丟丢並并亞亚佈布佔占併并來来係系俱具個个們们側侧傢家傳传僅仅儘尽優优兒儿內内兩两別别刪删剋克剛刚剝剥劇剧動动務务勞劳叁三問问單单嗎吗嗶哔噹当國国埰采場场塊块壓压"
                    + "壹一夠够夾夹姊姐媽妈學学寫写寬宽尅克將将對对導导師师帶带幫帮幾几廣广廻回彆别後后從从復复恆恒悳德態态懃勤戶户採采換换損损擇择據据擷撷數数於于時时書书會会東东條条"
                    + "樂乐標标樣样機机檔档檯台歸归沒没減减準准漢汉為为烏乌無无煩烦爲为爺爷狀状獨独獲获現现環环畫画當当發发盡尽盤盘眞真瞭了碼码祇只禮礼種种稱称積积穫获筆笔箇个節节簡简"
                    + "粵粤紀纪約约紅红純纯級级結结給给統统經经綫线網网緊紧線线編编練练縮缩總总繞绕繫系續续纔才習习聞闻聯联聲声聽听腦脑臘腊臺台與与舊旧茲兹菓果華华著着蓋盖蔴麻蘋苹蘭兰"
                    + "處处號号裏里裡里製制複复規规視视訊讯託托記记訪访設设許许評评話话該该語语說说説说誰谁課课調调談谈請请論论講讲謝谢識识譟噪譯译議议變变讓让貝贝負负貳二資资質质賸剩"
                    + "趕赶車车軌轨軟软載载輯辑輸输轉转辦办迴回這这連连進进過过達达遞递適适選选還还邊边釘钉鈴铃鋼钢錄录錯错録录錶表鍾钟鐘钟鐵铁長长開开間间関关闆板關关隊队隨随隻只雙双"
                    + "離离雲云電电靜静韓韩響响預预頓顿領领頭头頻频題题額额類类顯显颱台餘余馬马駕驾騰腾體体髮发鬧闹鮮鲜麥麦麯曲麵面麼么麽么點点齣出匯汇擴扩縮缩摳抠燒烧鎖锁夠够臺台鈕钮館馆廳厅樓楼鄉乡歲岁畢毕業业靈灵儲储擋挡礙碍徵征錢钱買买賣卖藝艺術术競竞賽赛兩两揚扬廠厂驗验證证憑凭診诊療疗護护顧顾滿满龍龙鳥鸟魚鱼門门們们闢辟幣币齊齐網网鏈链貼贴賬账戀恋愛爱戲戏劇剧曉晓穩稳雜杂靈灵鄰邻滅灭熱热燈灯爭争牆墙獎奖環环琴琴療疗確确礎础稅税";

    /** By character, 0 where there is nothing simpler. */
    private static final char[] SIMPLIFIED = pairs();

    private Traditional() {}

    private static char[] pairs() {
        char[] simplified = new char['\u9fff' + 1];
        for (int i = 0; i + 1 < PAIRS.length(); i += 2) simplified[PAIRS.charAt(i)] = PAIRS.charAt(i + 1);
        return simplified;
    }

    /** As the vocabulary is written: simplified, narrow, in lower case; of the same length. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) plain.append(plain(text.charAt(i)));
        return plain.toString();
    }

    private static char plain(char letter) {
        // The block of full-width forms follows ASCII (Unicode, U+FF01 to U+FF5E)
        if (letter >= '！' && letter <= '～' && letter != '，' && letter != '；' && letter != '！') {
            return Character.toLowerCase((char) (letter - '！' + '!'));
        }
        if (letter == '’' || letter == '‘') return '\'';
        if (letter == '\u3000' || letter == '\u00a0') return ' ';
        char simple = letter < SIMPLIFIED.length ? SIMPLIFIED[letter] : 0;
        return simple != 0 ? simple : Character.toLowerCase(letter);
    }
}
