// Writes random texts and what npm twitter-text 3.1.0 says of each: weight, links, hashtags, cashtags. The texts are made
// to be nasty and are the same for the same seed. `make compare-twitter-text` runs it; usage: node twitter-text.js SEED COUNT
const twitter = require('twitter-text');

let seed = Number(process.argv[2]) || 1;
const count = Number(process.argv[3]) || 5000;

// mulberry32: small, and the same on every machine.
function below(n) {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n);
}
const pick = (list) => list[below(list.length)];

const letters = ['a', 'Z', '9', 'ä', 'ö', 'ß', 'é', 'e\u0301', 'a\u0308\u0323', 'ﬁ', 'ı', 'İ', 'ñ', 'ø', 'я', 'Ж', 'ة', 'ب', 'ا\u064b', 'ש\u05b8', 'ก\u0e34',
  'の', '漢', '字', '한', '\u1112\u1161\u11ab', '𠮷', '𝒜', 'ǅ', '·', 'Ω', '\u212b', 'ㇰ', 'ー', '゛'];
const signs = [' ', '  ', '\n', '\t', '\u00a0', '\u3000', '\u2028', '.', ',', '!', '?', '(', ')', '[', ']', '{', '}', '<', '>', '-', '_', '/', '\\', '@', '＠', '#', '＃', '$', '&',
  ':', ';', '\'', '"', '=', '~', '|', '*', '+', '%', '…', '–', '—', '„', '“', '»', '«', '。', '、', '！', '（', '）', '「', '」', '€', '½', '→', '\u2010', '\u2016', '\u2027', '\u2032', '\u2033'];
const invisible = ['\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufe0e', '\ufe0f', '\u202a', '\u202c', '\u2066', '\u2069', '\u061c', '\u00ad', '\u20e3'];
const emoji = ['😀', '👍🏽', '👨‍👩‍👧', '👨‍👩‍👧‍👦', '🧑‍🌾', '👩‍❤️‍💋‍👩', '🧟‍♂️', '👁‍🗨', '🏳️‍🌈', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👩🏾‍💻', '🤷‍♀️', '🇩🇪', '🇺🇸', '🇽🇽', '🇩', '1️⃣', '#️⃣', '*⃣', '☺', '☺️', '☺\ufe0e', '❤', '❤️',
  '❤\ufe0e', '😀\ufe0f', '😀\ufe0e', '😀\u200d😀', '👨‍😀', '⌚', '⌚️', '©', '©️', '®', '™', '™️', '‼', '⁉️', '♀️', '▶', '⏰', '🏽', '🫠', '🫱🏻‍🫲🏿', '🐦‍⬛', '🧌'];
const hosts = ['example.com', 'www.test.de', 'shop.example.org', 'foo.museum', 'Inc.is', 'datenschutz.xyz', 'example.co.uk', 'bücher.de', 'BÜCHER.DE', 'xn--bcher-kva.de', 'xn--ls8h.la', 'example.технологии',
  '例え.テスト', '日本語.com', 'example.한국', 'foobar.みんな', 'foobar.中国', 'foobar.پاکستان', 'a.b.c.d.de', 'sub_domain.example.com', 'a_b.com', '-x.de', '_y.de', 'x-.de', 'localhost', '127.0.0.1',
  'example.technology', 'example.c', 'example.comx', 'test.tar.bz2', 'EXAMPLE.COM', 't.co', 'bit.ly', 'foo.bar', 'z.B', 'd.h', 'e.g', 'v1.2.3', '3.14', 'x.' + 'a'.repeat(64) + '.de', 'y'.repeat(63) + '.de',
  'example.de.', '..de', 'a..de', 'co.uk', 'de', 'twitter.jp', 'тест.рф', 'παράδειγμα.ελ', 'münchen.example', 'test.ｃｏｍ', 'straße.de', 'foo.co.jp', 'foo.baz.co.jp'];
const paths = ['', '', '', '/', '/pfad', '/pfad?x=1&y=2', '/ä', '/a(b)c', '/a_(b)_c', '/a(b(c)d)e', '/a(b', '/@shop/1', '?', '?a=b', '?a=ü', '#anker', '/#anker', ':8080', ':8080/p', ':/x', '/.', '/..', '/a.', '/a,', '/a!', '/-',
  '/a-b_c', '/%E4', '/日本', '/п', '/a/b/', '/a?b#c', '/😀', '/a&b', '/~x', '/a|b', '/a[b]', '/\'x', '?q=$x', '/a:b'];
const schemes = ['', '', '', 'http://', 'https://', 'HTTP://', 'HttpS://', 'ftp://', '//', 'mailto:', 'xhttp://', 'http:/', 'https:///'];
const words = ['Datenschutz', 'wir speichern weniger', 'Acme Inc.is here', 'test@example.com', 'a.b@c.de', '@shop', '@shop@example.social', '#tag', '#Ä1', '#1', '#tag#tag', '＃タグ', '#a_b', '#a·b', '#中文', '&#39;', '#tag://x', '$AB', '$ABC.D', '$AB_C',
  '$toolong', '$1', '$AB$CD', 'https://t.co/abcdef1234', 'http://t.co/pbY2NfTZ\'s', 'https://t.co/a?amp=1', 'http://t.co/' + 'a'.repeat(41), 'https://x.com/i/web/status/17', 'ref 3f9a1c2e'];

const address = () => pick(schemes) + pick(hosts) + pick(paths);
function part() {
  switch (below(10)) {
    case 0: case 1: return pick(letters) + (below(2) ? pick(letters) : '');
    case 2: return pick(signs);
    case 3: return pick(invisible);
    case 4: return pick(emoji);
    case 5: return pick(words);
    case 6: return pick(signs) + address() + pick(signs);
    case 7: return pick(letters) + address() + pick(letters);
    default: return address();
  }
}

const out = [];
for (let i = 0; i < count; i++) {
  let text = '';
  for (let j = 1 + below(12); j > 0; j--) text += part() + (below(3) ? '' : ' ');
  const composed = text.normalize('NFC');
  out.push(JSON.stringify({ text, weight: twitter.parseTweet(text).weightedLength, links: twitter.extractUrls(composed), hashtags: twitter.extractHashtags(composed), cashtags: twitter.extractCashtags(composed) }));
}
process.stdout.write('[\n' + out.join(',\n') + '\n]\n');
