"""Articles in Korean, Russian, Chinese and Arabic, with claims that quote them."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.shape import note_id
from benchmarks.yaml_text import note_as_yaml

SENTENCES_OF_A_TEXT = 40

_SENTENCES = {
    "ko": (
        "{n}번 화물선은 {day}일에 {place}에서 {count}대의 기계를 내렸다.",
        ("평양", "라진", "원산", "청진", "남포", "함흥"),
    ),
    "ru": (
        "Груз номер {n} прибыл в порт {place} {day} июня: {count} ящиков оборудования.",
        ("Владивосток", "Находка", "Хасан", "Мурманск", "Уссурийск", "Архангельск"),
    ),
    "zh": (
        "第{n}批货物于{day}日运抵{place}，共有{count}台设备。",
        ("大连", "丹东", "图们", "珲春", "营口", "哈尔滨"),
    ),
    "ar": (
        "وصلت الشحنة رقم {n} إلى ميناء {place} في اليوم {day} وفيها {count} صندوقًا.",
        ("الإسكندرية", "بيروت", "اللاذقية", "العقبة", "طرابلس", "الدار البيضاء"),
    ),
}


def articles_in_languages(claims: int) -> Iterator[tuple[str, str]]:
    """Yield path and content of texts, sources and claims: one claim in ten is of each language."""
    for language, (form, places) in _SENTENCES.items():
        for text in range(1, max(1, claims // 10 // SENTENCES_OF_A_TEXT) + 1):
            source = note_id(f"text-{language}", text)
            sentences = [
                form.format(
                    n=number,
                    day=1 + number % 28,
                    place=places[number % len(places)],
                    count=100 + 7919 * number % 8000,
                )
                for number in range(text * SENTENCES_OF_A_TEXT, (text + 1) * SENTENCES_OF_A_TEXT)
            ]
            yield f"seeds/{source}.txt", "\n".join(sentences) + "\n"
            note = {"title": sentences[0], "language": language, "text": f"{source}.txt"}
            yield f"content/sources/{source}.yaml", note_as_yaml(note)
            for number, sentence in enumerate(sentences, 1):
                claim = {
                    "statement": f"Text {text} in {language} speaks of shipment {number}.",
                    "evidence": [{"source": source, "quote": sentence}],
                }
                yield f"content/claims/{source}-{number:03}.yaml", note_as_yaml(claim)
