"""Which characters count as one: full-width and half-width, traditional and simple, gaps and nothing."""

from __future__ import annotations

_FULL_WIDTH = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
_LIKE = {
    "￥": "¥", "。": ".", "【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")", "—": "-", "–": "-",
    "−": "-", "～": "~", "•": "·", "・": "·", "∙": "·", "●": "·",
}  # fmt: skip
_NOTHING = frozenset(" \t\u3000\u00a0☑☐□√✓|丨")  # what a wide gap or a ruled line is taken for
_FOLD = {
    **_FULL_WIDTH,
    **{ord(one): other for one, other in _LIKE.items()},
    **dict.fromkeys(map(ord, _NOTHING), ""),
}

# What a recogniser may see in simplified print, each beside its simple form.
_PAIRS = """
強强 漢汉 東东 鄉乡 國国 華华 陳陈 張张 劉刘 趙赵 吳吴 馬马 黃黄 楊杨 韓韩 魯鲁 蕭萧 鄧邓 許许 謝谢 蔣蒋
賈贾 鄭郑 馮冯 孫孙 葉叶 鍾钟 盧卢 蘇苏 閻阎 鄒邹 陸陆 龔龚 萬万 嚴严 賀贺 賴赖 顧顾 龍龙 譚谭 錢钱 湯汤
喬乔 滿满 維维 爾尔 壯壮 鮮鲜 達达 納纳 羅罗 倫伦 門门 諾诺 頗颇 畬畲 麗丽 麥麦 龐庞 蘭兰 蓮莲 藝艺 義义
禮礼 樂乐 愛爱 寶宝 寧宁 實实 宮宫 寬宽 審审 將将 尋寻 對对 導导 岡冈 島岛 嶺岭 幹干 廣广 慶庆 廠厂 彥彦
後后 從从 徑径 復复 憲宪 應应 懷怀 戰战 揚扬 換换 數数 斂敛 時时 晉晋 書书 曉晓 會会 傑杰 條条 來来 橋桥
樹树 機机 檢检 權权 歐欧 歡欢 歲岁 殘残 氣气 沖冲 決决 況况 淨净 湧涌 溫温 滬沪 漁渔 潔洁 澤泽 濟济 瀏浏
灣湾 煒炜 煥焕 煙烟 爐炉 狀状 獨独 現现 瑋玮 瑤瑶 環环 璽玺 甯宁 產产 畫画 異异 當当 發发 盡尽 監监 盤盘
矯矫 碩硕 確确 祿禄 禎祯 稅税 穎颖 積积 穩稳 競竞 筆笔 節节 範范 築筑 簡简 紅红 紀纪 約约 純纯 紗纱 紙纸
級级 細细 終终 組组 結结 給给 統统 絲丝 經经 綠绿 網网 緒绪 線线 練练 縣县 總总 績绩 織织 繼继 續续 習习
聖圣 聞闻 聯联 聰聪 聲声 職职 肅肃 腦脑 膠胶 臨临 興兴 舉举 舊旧 莊庄 處处 號号 術术 衛卫 補补 裝装 製制
見见 規规 視视 親亲 覺觉 觀观 計计 訂订 訊讯 記记 訓训 設设 評评 詞词 試试 詩诗 話话 該该 詳详 誠诚 語语
誤误 說说 課课 調调 談谈 請请 論论 諸诸 謀谋 講讲 證证 識识 護护 讓让 豐丰 貝贝 貞贞 負负 財财 責责 貨货
質质 貴贵 買买 費费 資资 賓宾 賜赐 賢贤 賣卖 賽赛 贊赞 贏赢 車车 軍军 軒轩 較较 輝辉 輪轮 輯辑 農农 連连
進进 運运 過过 遠远 適适 遷迁 選选 還还 邊边 郵邮 鄰邻 醫医 釋释 針针 鈞钧 銀银 銅铜 銘铭 銳锐 鋒锋 鋼钢
錄录 錦锦 鎮镇 鏡镜 鐵铁 鑒鉴 長长 閃闪 閉闭 開开 閑闲 間间 關关 陽阳 陰阴 隊队 階阶 際际 隨随 險险 隴陇
雙双 雜杂 雞鸡 離离 難难 雲云 電电 靈灵 靜静 韋韦 順顺 須须 頌颂 預预 領领 頭头 題题 顏颜 額额 類类 顯显
風风 飛飞 養养 餘余 館馆 駐驻 駿骏 騎骑 驗验 髮发 鬥斗 魚鱼 鳳凤 鳴鸣 鴻鸿 鵬鹏 鶴鹤 黨党 齊齐 齡龄
"""

SIMPLIFIED = {pair[0]: pair[1] for pair in _PAIRS.split()}


def folded(text: str) -> str:
    """The text in half-width forms, without gaps, its brackets and dashes of one kind."""
    return text.translate(_FOLD)


def plain(text: str) -> str:
    """The folded text in simplified characters."""
    return "".join(SIMPLIFIED.get(char, char) for char in folded(text))
