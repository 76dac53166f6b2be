"""Short articles of our own writing in eight languages: title and text of each, by the language's code."""

from __future__ import annotations

NEWS = {
    "de": (
        "Brücke von Halden nach drei Jahren wieder offen",
        "Die Brücke von Halden ist am Montag nach drei Jahren Bauzeit wieder für den Verkehr geöffnet worden. Bürgermeisterin Ilse Brandt durchschnitt am Vormittag das rote Band vor etwa 400 Menschen. „Wir haben lange gewartet. Heute atmet die Stadt auf“, sagte Brandt. Die Arbeiten kosteten nach Angaben der Stadt 12,5 Mio. Euro und dauerten ein Jahr länger als geplant.\n\nSie waren nötig geworden, weil Ingenieure bei einer Prüfung am 3. August Risse im mittleren Pfeiler gefunden hatten. Lastwagen dürfen die Brücke ab Dezember befahren.",
    ),
    "fr": (
        "Le pont de Valmer rouvre après trois ans de travaux",
        "Le pont de Valmer a rouvert lundi après trois ans de travaux, a annoncé la mairie. La maire, Mme Claire Aubin, a coupé le ruban devant quatre cents habitants. « Nous avons attendu longtemps. La ville respire enfin », a-t-elle déclaré. Le chantier a coûté 12 millions d’euros, soit deux de plus que prévu.\n\nDes fissures avaient été découvertes dans la pile centrale pendant une inspection. Les camions pourront emprunter le pont à partir du mois de décembre.",
    ),
    "es": (
        "El puente de Almería Vieja reabre tras tres años",
        "El puente de Almería Vieja reabrió el lunes tras tres años de obras, informó el ayuntamiento. La alcaldesa Lucía Ferrer cortó la cinta ante cuatrocientos vecinos. «Hemos esperado mucho. Hoy la ciudad respira», dijo Ferrer. Las obras costaron doce millones de euros, dos más de lo previsto.\n\nLos ingenieros habían encontrado grietas en el pilar central durante una inspección. Los camiones podrán usar el puente a partir de diciembre.",
    ),
    "ru": (
        "Мост в Зареченске открыли после трёх лет ремонта",
        "Мост в Зареченске в понедельник открыли после трёх лет ремонта, сообщила администрация города. Мэр Ольга Седова перерезала ленту перед четырьмя сотнями жителей. «Мы долго ждали. Сегодня город вздохнул свободно», — сказала Седова. Работы обошлись в 12 млн евро и длились на год дольше плана.\n\nТрещины в центральной опоре инженеры нашли во время проверки. Грузовики смогут ездить по мосту с декабря.",
    ),
    "ar": (
        "إعادة فتح جسر الواحة بعد ثلاث سنوات من الأشغال",
        "أعيد فتح جسر الواحة يوم الاثنين بعد ثلاث سنوات من الأشغال، حسب ما أعلنت البلدية. وقطعت رئيسة البلدية ليلى منصور الشريط أمام أربعمئة من السكان. وقالت منصور: «انتظرنا طويلا واليوم تتنفس المدينة». وكلفت الأشغال اثني عشر مليون يورو، أي أكثر من المتوقع بمليونين.\n\nوكان المهندسون قد عثروا على شقوق في الدعامة الوسطى خلال تفتيش دوري. هل ستعبر الشاحنات الجسر؟ نعم، ابتداء من شهر ديسمبر المقبل.",
    ),
    "zh": (
        "青石大桥历时三年重新开放",
        "青石大桥经过三年施工于星期一重新开放，市政府宣布。市长林晓梅在约四百名居民面前剪彩。“我们等了很久。今天全城都松了一口气。”林晓梅说。工程耗资一千二百万元，比原计划多出两百万元。\n\n工程师此前在一次检查中发现中央桥墩出现裂缝。从十二月起，卡车也可以通过这座大桥。",
    ),
    "ja": (
        "三年の工事を経て青葉橋が再開",
        "青葉橋が三年間の工事を経て月曜日に再開したと市が発表した。市長の山野春子は約四百人の住民の前でテープを切った。「長く待ちました。今日、町はほっとしています。」と山野市長は述べた。工事費は十二億円で、当初の計画を二億円上回った。\n\n技術者は点検の際に中央の橋脚にひびを見つけていた。トラックは十二月から橋を渡れるようになる。",
    ),
    "hi": (
        "तीन साल बाद फिर खुला हरिपुर पुल",
        "हरिपुर का पुल तीन साल के निर्माण कार्य के बाद सोमवार को फिर खुल गया, नगर परिषद ने बताया। महापौर सुनीता वर्मा ने लगभग चार सौ लोगों के सामने फीता काटा। “हमने बहुत इंतज़ार किया है और आज शहर ने राहत की साँस ली है,” वर्मा ने कहा। इस काम पर बारह करोड़ रुपये खर्च हुए, जो योजना से दो करोड़ अधिक हैं।\n\nइंजीनियरों को एक जाँच के दौरान बीच के खंभे में दरारें मिली थीं। ट्रक दिसंबर से पुल पार कर सकेंगे।",
    ),
}
