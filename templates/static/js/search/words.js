/*
 * What counts as a word of search, in any script. Documents and queries go through the same door,
 * so that what is equal to a reader is equal here: case, accents and width are folded, Cyrillic is
 * written in Latin letters, Arabic loses vowel signs and the article, and scripts that do not
 * part words, Hangul too, are cut into pairs of characters.
 *
 * A term that begins with "~" is a sound: how Hangul reads in Latin letters, roughly, so that
 * "kim" finds 김.
 */
(function () {
  "use strict";

  const UNSPACED = "\\p{sc=Hani}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}ー々ﾞﾟ";
  const HANGUL = "\\p{sc=Hang}";
  // Thousands with their separators are one number, a possessive 's is no word, and soft hyphens
  // and joiners are inside of words.
  const RUN = /\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?![\d\p{L}])|[\p{L}\p{M}\p{N}\u00ad\u200c\u200d]+(?:['’]s(?![\p{L}\p{N}]))?/giu;
  const SEGMENT = new RegExp(`[${HANGUL}]+|[${UNSPACED}]+|[^${HANGUL}${UNSPACED}]+`, "gu");
  const IS_HANGUL = new RegExp(`^[${HANGUL}]`, "u");
  const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
  const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/g;

  const LATIN = new Map(Object.entries({
    ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ı: "i", ŋ: "n", ς: "σ",
    ة: "ه", ى: "ي", ی: "ي", ک: "ك", ٱ: "ا", ـ: "", "\u00ad": "", "\u200c": "", "\u200d": "",
  }));
  const CYRILLIC = new Map(Object.entries({
    а: "a", б: "b", в: "v", г: "g", ґ: "g", ѓ: "g", д: "d", ђ: "dj", е: "e", ё: "e", є: "ye", ж: "zh",
    з: "z", ѕ: "dz", и: "i", і: "i", ї: "yi", й: "y", ј: "j", к: "k", ќ: "k", л: "l", љ: "lj", м: "m",
    н: "n", њ: "nj", о: "o", п: "p", р: "r", с: "s", т: "t", ћ: "c", у: "u", ў: "u", ф: "f", х: "kh",
    ц: "ts", ч: "ch", џ: "dz", ш: "sh", щ: "shch", ъ: "", ы: "y", ь: "", э: "e", ю: "yu", я: "ya",
  }));
  // Revised Romanisation of Korean (2000) by syllables, without what neighbours do to each other.
  const FIRST = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ");
  const MIDDLE = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ");
  const LAST = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ");
  const PARTICLE = new RegExp("(?:으로부터|에게서|로부터|이라고|이라는|에서는|에서도|에게|께서|에서|까지|부터|처럼"
    + "|보다|마저|조차|밖에|라고|라는|으로|이나|이며|하고|한테|은|는|이|가|을|를|의|에|와|과|도|로|만|나|며)$");
  const PROCLITIC = /^[وبلف](?=....)/;

  /** Return a word as it is compared; it may be empty. */
  function fold(word) {
    if (/^[\w]+$/.test(word)) {
      return word.toLowerCase();
    }
    let found = word.toLowerCase().replace(/['’]s$/, "").normalize("NFC");
    if (/[\u0400-\u04ff]/.test(found) && found.length > 2) {
      found = latin(found);
    }
    found = found.normalize("NFKD").replace(MARKS, "").normalize("NFC");
    found = Array.from(found, (char) => LATIN.get(char) ?? char).join("");
    if (/^\d/.test(found)) {
      return found.replace(/[^\p{L}\p{N}]/gu, "");
    }
    if (/[\u0600-\u06ff]/.test(found)) {
      found = found.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15);
      return found.replace(/^(?:[وفبك]?ال|لل)(?=..)/, "");
    }
    return found;
  }

  /** Return a Cyrillic word in Latin letters; the ends -ий, -ый and -й read as one. */
  function latin(word) {
    const found = Array.from(word, (char) => CYRILLIC.get(char) ?? char).join("");
    return found.replace(/[iy]y$/, "y");
  }

  /** Return characters of scripts without spaces as they are compared: one width, one kana. */
  function plain(segment) {
    const found = segment.normalize("NFKC");
    return found.replace(/[ァ-ヶ]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x60));
  }

  /** Return Hangul in Latin letters. */
  function romanise(hangul) {
    return Array.from(hangul, (char) => {
      const at = char.charCodeAt(0) - 0xac00;
      return at >= 0 && at < 11172
        ? FIRST[Math.floor(at / 588)] + MIDDLE[Math.floor(at / 28) % 21] + LAST[at % 28]
        : "";
    }).join("");
  }

  /** Return what Latin letters sound like, roughly: "gim" and "kim" are one. */
  function sound(word) {
    const found = word
      .replace(/[^a-z]/g, "").replace(/eo/g, "o").replace(/eu|oo/g, "u").replace(/ae|ee/g, "i")
      .replace(/ch|j/g, "c").replace(/g/g, "k").replace(/d/g, "t").replace(/[bf]/g, "p").replace(/r/g, "l")
      .replace(/(.)\1+/g, "$1");
    return found.length > 2 ? `~${found}` : "";
  }

  /** Call `take(term, start, end)` for each term of a text; the offsets are those of its letters. */
  function each(text, take) {
    for (const { 0: run, index } of text.matchAll(RUN)) {
      // Most runs are plain letters; the rest is looked at more closely.
      if (!/[\u0e00-\uffff]/.test(run)) {
        word(run, index, take);
      } else {
        for (const { 0: segment, index: at } of run.matchAll(SEGMENT)) {
          const start = index + at;
          if (IS_HANGUL.test(segment)) {
            pairs(segment, start, take);
            const heard = segment.length > 1 && sound(romanise(plain(segment)));
            if (heard) {
              take(heard, start, start + segment.length);
            }
          } else if (IS_UNSPACED.test(segment)) {
            pairs(segment, start, take);
          } else {
            word(segment, start, take);
          }
        }
      }
    }
  }

  function word(run, start, take) {
    const term = fold(run);
    if (term) {
      take(term, start, start + run.length);
      if (PROCLITIC.test(term)) {
        take(term.slice(1), start, start + run.length);
      }
    }
  }

  function pairs(segment, start, take) {
    const chars = Array.from(plain(segment));
    const isEven = chars.join("").length === segment.length; // else nobody knows which is which
    let at = start;
    chars.forEach((char, i) => {
      const term = char + (chars[i + 1] ?? "");
      take(term, isEven ? at : start, isEven ? at + term.length : start + segment.length);
      at += char.length;
    });
  }

  /** Return the terms of a text, for the index. */
  function terms(text) {
    const found = [];
    each(text, (term) => found.push(term));
    return found;
  }

  /** Return the terms of names, one to a line, with their sounds. */
  function nameTerms(lines) {
    return lines.split("\n").flatMap((line) => {
      const found = terms(line);
      const plainOnes = found.filter((term) => /^[a-z]/.test(term));
      const heard = [...plainOnes, plainOnes.join("")].map(sound).filter(Boolean);
      return [...found, ...new Set(heard)];
    });
  }

  /**
   * Return the words of a query, as `typed`. `key` is the whole word as it is compared. `all` are the terms it
   * stands for, all of which must be there; `isOpen` where more letters may follow the last.
   * `others` are further forms to try, each a list of terms: without a particle, without a plural s.
   */
  function queryWords(text) {
    const found = [];
    for (const [run] of text.matchAll(RUN)) {
      for (const [i, [segment]] of Array.from(run.matchAll(SEGMENT)).entries()) {
        const isHangul = IS_HANGUL.test(segment);
        if (isHangul || IS_UNSPACED.test(segment)) {
          const key = plain(segment);
          if (!isHangul || i === 0 || key.replace(PARTICLE, "")) {
            found.push(unspacedWord(segment, key, isHangul));
          }
        } else if (fold(segment)) {
          found.push(spacedWord(segment));
        }
      }
    }
    return found;
  }

  function unspacedWord(typed, key, isHangul) {
    const stem = isHangul ? key.replace(PARTICLE, "") : key;
    return {
      typed,
      key,
      stem,
      all: grams(key),
      isOpen: Array.from(key).length === 1,
      others: stem !== key && stem.length > 1 ? [grams(stem)] : [],
      heard: isHangul ? sound(romanise(key)) : "",
      isLatin: false,
    };
  }

  function grams(key) {
    const chars = Array.from(key);
    return chars.length < 2 ? chars : chars.slice(1).map((char, i) => chars[i] + char);
  }

  function spacedWord(segment) {
    const key = fold(segment);
    const others = [];
    if (/[a-z]ies$/.test(key) && key.length > 4) {
      others.push([`${key.slice(0, -3)}y`]); // treaties, of which each is a treaty
    }
    if (/[^s]s$/.test(key) && key.length > 3) {
      others.push([key.slice(0, -1)]);
    }
    if (/^[\u0400-\u04ff]/.test(key)) {
      others.push([latin(key)]); // two letters, perhaps of a longer word
    }
    return { typed: segment, key, stem: key, all: [key], isOpen: true, others, heard: "", isLatin: /^[a-z]+$/.test(key) };
  }

  /**
   * Return a text as one string of folded words, to look for phrases in. One that `isSought` may
   * stand inside of a run of characters without spaces.
   */
  function flat(text, isSought) {
    const runs = Array.from(text.matchAll(RUN), ([run]) => Array.from(run.matchAll(SEGMENT),
      ([segment]) => (IS_HANGUL.test(segment) || IS_UNSPACED.test(segment) ? plain(segment) : fold(segment)),
    ).join("")).join(" ");
    return isSought && (IS_HANGUL.test(runs) || IS_UNSPACED.test(runs)) ? runs : ` ${runs}`;
  }

  sitegen.search.words = { each, terms, nameTerms, queryWords, flat, sound, romanise };
})();
