package dev.soundlift.sentence;

import java.util.HashMap;
import java.util.Map;

/** Reads traditional characters as simplified ones, and wide forms as narrow ones; one character for one. */
final class Traditional {
    /** Pairs for the characters of {@code vocabulary.txt} and those that people put beside them. */
    private static final String PAIRS = "個个聲声頻频軌轨視视檔档錄录轉转換换為为給给幫帮請请從从後后間间開开頭头結结時时鐘钟兩两點点條条雙双單单體体導导評评論论語语國国漢汉華华韓韩"
            + "粵粤東东話话無无損损質质壓压縮缩編编碼码樣样動动變变準准標标響响廣广預预設设鈴铃機机靜静頓顿處处斷断塊块節节資资夾夹當当這这裡里裏里遞递歸归"
            + "還还與与並并將将對对應应該该們们麼么嗎吗輸输儲储寫写蓋盖過过現现狀状態态餘余額额載载傳传顯显發发網网雲云許许絡络線线離离據据記记檢检輯辑畫画"
            + "麵面隻只僅仅純纯淨净雜杂訊讯樂乐課课講讲議议訪访談谈實实況况場场電电腦脑裝装蘋苹訂订閱阅壞坏幾几種种類类別别採采茲兹萬万億亿壹一貳二叁三參参"
            + "陸陆長长續续總总約约邊边側侧環环繞绕關关閉闭內内終终於于數数達达級级規规則则統统調调範范圍围選选擇择確确認认謝谢煩烦勞劳駕驾媽妈爺爷親亲學学"
            + "習习業业師师辦办團团練练鋼钢聽听說说讀读識识聞闻軟软讓让幹干麥麦風风優优嗶哔紀纪劇剧連连殺杀減减剝剥擷撷屬属協协遺遗儘尽極极較较歷历書书筆笔"
            + "試试圖图題题稱称車车戶户領领員员盡尽擋挡來来見见觀观審审簡简隨随隊队際际陰阴陽阳雖虽顆颗願愿顧顾飛飞館馆養养餓饿驗验黃黄齊齐龍龙歲岁帶带幀帧"
            + "聯联繫系溫温滿满灣湾潔洁層层島岛銀银錢钱錯错鍵键鎖锁鏡镜門门閃闪問问維维綁绑緊紧緩缓組组細细絕绝經经綜综綠绿緒绪縱纵織织罷罢義义聰聪職职肅肃"
            + "腳脚臉脸臨临舉举舊旧艙舱藝艺藥药號号虧亏蟲虫術术補补複复製制誰谁證证譜谱譯译護护讚赞豐丰負负財财貨货責责費费賀贺買买賣卖賽赛贈赠趕赶趙赵跡迹"
            + "踐践軍军輕轻輛辆輪轮辭辞農农遠远適适遲迟遷迁鄉乡釋释針针鐵铁陣阵陳陈雞鸡難难霧雾靈灵頁页項项順顺須须頌颂顏颜飯饭飲饮馬马駐驻騎骑驚惊魚鱼鮮鲜"
            + "鳥鸟麗丽齡龄佔占佈布併并係系俠侠倉仓備备傑杰傷伤傾倾價价償偿兒儿冊册凍冻創创劃划劍剑務务勝胜勢势勵励區区啟启嘆叹嚴严圓圆園园執执堅坚報报塵尘"
            + "墊垫墮堕壯壮壽寿夢梦夠够奪夺奮奋婦妇孫孙寧宁寶宝專专尋寻屆届屢屡岡冈帳帐幣币庫库廢废廳厅彈弹彙汇彌弥徑径復复恆恒惡恶愛爱慣惯憂忧憑凭憲宪懷怀"
            + "戀恋戰战戲戏擔担擴扩攜携擺摆攝摄擾扰敗败敵敌斬斩暫暂曆历會会構构槍枪樓楼權权歡欢毀毁氣气決决沒没溝沟滅灭漸渐潛潜灑洒灘滩災灾烏乌煙烟熱热燈灯"
            + "燒烧爭争猶犹獨独獲获瑪玛產产畢毕異异療疗癒愈皺皱盤盘監监眾众睜睁矚瞩碩硕禮礼禪禅穩稳窮穷競竞築筑籤签粧妆紅红紙纸納纳紛纷";

    private static final Map<Character, Character> SIMPLIFIED = pairs();

    private Traditional() {}

    private static Map<Character, Character> pairs() {
        Map<Character, Character> map = new HashMap<>();
        for (int i = 0; i + 1 < PAIRS.length(); i += 2) map.put(PAIRS.charAt(i), PAIRS.charAt(i + 1));
        return map;
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
        return SIMPLIFIED.getOrDefault(letter, Character.toLowerCase(letter));
    }
}
