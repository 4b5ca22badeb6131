"""How Word prints the number of a list level, by the name of its format."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def numeral(number: int, form: str) -> str:
    """``number`` as the format of this name prints it; in Arabic digits when the format is not known."""
    write = _FORMS.get(form)
    return write(number) if write and number >= 0 else str(number)


def chinese_number(number: int, digits: str = _DIGITS, zero: str = "零", units: str = "十百千") -> str:
    """一, 十, 十二, 二十, 一百零五: up to 9999, beyond in Arabic digits."""
    if not 0 <= number <= 9999:
        return str(number)
    if number == 0:
        return digits[0]
    parts: list[str] = []
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            parts.append(digits[digit] + (units[place - 1] if place else ""))
        elif parts and parts[-1] != zero and number % 10**place:
            parts.append(zero)
    text = "".join(parts)
    one_ten = digits[1] + units[0]
    return text[1:] if text.startswith(one_ten) and units[0] == "十" else text


def _counting(number: int) -> str:
    """chineseCounting: 一 to 九十九 in words, beyond digit by digit."""
    return chinese_number(number) if number < 100 else _digital(number)


def _formal(number: int) -> str:
    return chinese_number(number, _FORMAL, "零", "拾佰仟")


def _formal_traditional(number: int) -> str:
    return chinese_number(number, _FORMAL_TRADITIONAL, "零", "拾佰仟")


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _full_width(number: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(number))


def _letters(number: int) -> str:
    """A to Z, then AA to ZZ: the same letter over and over, as Word does."""
    if not 1 <= number <= 780:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 1 <= number <= 3999:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _circled(number: int) -> str:
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return "⓪" if number == 0 else str(number)


def _from(start: int, most: int) -> Callable[[int], str]:
    return lambda number: chr(start + number - 1) if 1 <= number <= most else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else "0"


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "koreanDigital2": _digital,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal_traditional,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "numberInDash": lambda number: f"-{number}-",
    "none": lambda _: "",
    "bullet": lambda _: "",
}
