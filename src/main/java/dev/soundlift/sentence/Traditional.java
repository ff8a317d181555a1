package dev.soundlift.sentence;

/** Reads traditional characters as simplified ones, and wide forms as narrow ones; one character for one. */
final class Traditional {
    /** Pairs for the characters of {@code vocabulary.txt} and those that people put beside them. */
    private static final String PAIRS =
            "斬斩鋸锯擺摆丟丢並并亞亚佈布佔占併并來来係系俱具個个們们側侧傢家傳传僅仅儘尽優优兒儿內内兩两別别刪删剋克剛刚剝剥劇剧動动務务勞劳叁三問问單单嗎吗嗶哔噹当國国埰采場场塊块壓压"
                    + "壹一夠够夾夹姊姐媽妈學学寫写寬宽尅克將将對对導导師师帶带幫帮幾几廣广廻回彆别後后從从復复恆恒悳德態态懃勤戶户採采換换損损擇择據据擷撷數数於于時时書书會会東东條条"
                    + "樂乐標标樣样機机檔档檯台歸归沒没減减準准漢汉為为烏乌無无煩烦爲为爺爷狀状獨独獲获現现環环畫画當当發发盡尽盤盘眞真瞭了碼码祇只禮礼種种稱称積积穫获筆笔箇个節节簡简"
                    + "粵粤紀纪約约紅红純纯級级結结給给統统經经綫线網网緊紧線线編编練练縮缩總总繞绕繫系續续纔才習习聞闻聯联聲声聽听腦脑臘腊臺台與与舊旧茲兹菓果華华著着蓋盖蔴麻蘋苹蘭兰"
                    + "處处號号裏里裡里製制複复規规視视訊讯託托記记訪访設设許许評评話话該该語语說说説说誰谁課课調调談谈請请論论講讲謝谢識识譟噪譯译議议變变讓让貝贝負负貳二資资質质賸剩"
                    + "趕赶車车軌轨軟软載载輯辑輸输轉转辦办迴回這这連连進进過过達达遞递適适選选還还邊边釘钉鈴铃鋼钢錄录錯错録录錶表鍾钟鐘钟鐵铁長长開开間间関关闆板關关隊队隨随隻只雙双"
                    + "離离雲云電电靜静韓韩響响預预頓顿領领頭头頻频題题額额類类顯显颱台餘余馬马駕驾騰腾體体髮发鬧闹鮮鲜麥麦麯曲麵面麼么麽么點点齣出匯汇擴扩縮缩摳抠燒烧鎖锁夠够臺台鈕钮館馆廳厅樓楼鄉乡歲岁畢毕業业靈灵儲储擋挡礙碍徵征錢钱買买賣卖藝艺術术競竞賽赛兩两揚扬廠厂驗验證证憑凭診诊療疗護护顧顾滿满龍龙鳥鸟魚鱼門门們们闢辟幣币齊齐網网鏈链貼贴賬账戀恋愛爱戲戏劇剧曉晓穩稳雜杂靈灵鄰邻滅灭熱热燈灯爭争牆墙獎奖環环琴琴療疗確确礎础稅税"
                    + "順顺歷历麗丽遠远運运週周釋释針针鈔钞銀银鋒锋鏡镜鎮镇閃闪閉闭閒闲閱阅陽阳陰阴陣阵陳陈陸陆階阶際际隱隐雖虽難难霧雾韻韵項项須须頑顽頒颁頗颇頸颈顆颗顏颜願愿顛颠飛飞"
                    + "飯饭飲饮飼饲飽饱飾饰餅饼養养餓饿饒饶馳驰駐驻駛驶騎骑騙骗驅驱驚惊髒脏鬥斗魯鲁鮑鲍鴨鸭鴿鸽鵝鹅鷹鹰鹽盐黃黄黨党齡龄齒齿龜龟亂乱產产親亲衛卫衝冲補补裝装褲裤見见覺觉"
                    + "覽览觀观觸触訂订計计討讨訓训訴诉註注詐诈詞词試试詩诗詳详誇夸誌志認认誤误誠诚誼谊諒谅諸诸諾诺謀谋謂谓謠谣謹谨譜谱譽誉讀读豐丰豬猪貓猫財财貢贡貧贫貨货販贩責责貴贵"
                    + "費费貿贸賀贺賓宾賞赏賠赔賢贤賴赖購购贈赠贊赞趙赵趨趋跡迹踐践踴踊蹤踪軍军軒轩較较輕轻輛辆輝辉輩辈輪轮轄辖農农遲迟遷迁遺遗郵邮鄭郑醫医醬酱釀酿鈍钝鉛铅銅铜銷销鋪铺"
                    + "錦锦鍋锅鍵键鏟铲鑑鉴鑰钥鑽钻閣阁闊阔陝陕險险雞鸡頁页頂顶風风駁驳鬆松鳳凤綠绿維维緒绪緣缘緩缓緻致縣县縫缝縱纵績绩織织繩绳繪绘繼继纖纤罰罚罷罢羅罗義义聖圣聰聪肅肃"
                    + "脅胁腸肠膚肤膠胶臉脸臨临舉举興兴艙舱藍蓝藥药蘇苏虛虚蟲虫蠟蜡蠶蚕詢询諮咨幹干廚厨廟庙廢废彈弹彙汇彥彦徑径徹彻恥耻惡恶惱恼慮虑慶庆憂忧憶忆應应懇恳懶懒懷怀懸悬戰战"
                    + "拋抛挾挟捨舍掃扫掛挂揀拣揮挥搶抢摟搂撐撑撥拨撲扑擁拥擊击擠挤擬拟攔拦攜携攝摄攤摊敗败敘叙敵敌斃毙斷断昇升晉晋暢畅曆历曬晒權权橋桥檢检櫃柜欄栏歐欧歡欢殘残殺杀毀毁"
                    + "氣气況况決决淚泪淨净淺浅測测湯汤溝沟溫温滾滚漁渔漲涨漸渐潔洁潛潜澤泽濃浓濕湿濟济灣湾災灾煙烟煉炼燙烫營营爐炉牽牵獅狮瑪玛異异癒愈皺皱盜盗監监盧卢矚瞩碩硕禍祸窮穷"
                    + "範范築筑簽签籃篮籌筹糧粮糾纠紋纹納纳紐纽紙纸紛纷細细紹绍終终組组絕绝絡络絲丝傘伞備备債债傷伤僑侨價价億亿儀仪償偿兌兑凍冻剎刹劃划劉刘創创劑剂勁劲勝胜勢势勵励勸劝"
                    + "協协卻却厭厌參参員员喚唤喪丧喬乔嘆叹嘗尝嚇吓嚴严囉啰園园圍围圓圆圖图團团塵尘墊垫墜坠墳坟壇坛壘垒壞坏壯壮壽寿夢梦奪夺奮奋婦妇嬰婴孫孙寧宁審审專专尋寻屆届屍尸屜屉"
                    + "屬属岡冈島岛峽峡崗岗嶺岭庫库廁厕";

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
