// Values that programs trip over.

const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uD800',
  '\uFEFF',
  '\u202Eevil',
  '👩‍👩‍👧‍👦',
  'Z̷a̷l̷g̷o̷',
  'İı',
  "'; DROP TABLE listing; --",
  "' OR 1=1 --",
  '" UNION SELECT * FROM account --',
  ':limit',
  '?1',
  '%',
  '_%_',
  '[a-',
  '"',
  '""" AND NEAR(',
  '*',
  'sku:*',
  '(((((((((((((((((((((((((((',
  '=1+1',
  '=HYPERLINK("http://x.example","y")',
  '+cmd|calc',
  '@SUM(A1)',
  '-2+3',
  'price * 1.1',
  'round(price * 1e308, 99)',
  'if(price > 0, if(price > 0, 1, 2), 3)',
  '1/0',
  '9'.repeat(400),
  '0.1e-999',
  '-0',
  '1,5',
  '1.000.000,00',
  'NaN',
  'Infinity',
  'true',
  'null',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '../../../../etc/hostname',
  'out/../x.csv',
  '.',
  '/',
  '/dev/null',
  '/nonexistent/folder/file.csv',
  'file:///dev/null',
  'javascript:alert(1)',
  'http://127.0.0.1:1/',
  'https://user:pass@shop.example/',
  'https://[::1',
  '2026-02-30',
  '9999-99-99T99:99:99Z',
  'xx-invalid-locale',
  'Mars/Olympus',
  `${'a'.repeat(40)}!`,
  '(a+)+$',
  '(a|a)*b',
  '(.*)*x',
  '[',
  '(?<=a)',
  '$&$1$<x>',
  'S1',
  'P1',
];

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.1,
  -1.5,
  1e21,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  2 ** 63,
  NaN,
  Infinity,
  -Infinity,
];

const HUGE = 10_000_000;

/** A text of up to 10 million characters; most are some thousand. */
export function longText(random) {
  const length = random.chance(0.01) ? HUGE : random.int(200, 20_000);
  const part = random.pick(['a', '"', '(', "'", '💶', '%', ' ', '1', 'a b ', '<b>', '\n', '-']);
  return part.repeat(Math.ceil(length / part.length));
}

function deep(random) {
  let value = random.pick([1, 'x', null]);
  const depth = random.chance(0.02) ? 20_000 : random.int(5, 300);
  const inArrays = random.chance(0.5);
  for (let level = 0; level < depth; level += 1) value = inArrays ? [value] : { a: value };
  return value;
}

/** An object whose own keys look like parts of the language. */
export function poisoned(random) {
  const key = random.pick(['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'then']);
  return JSON.parse(`{"${key}": {"polluted": ${random.int(0, 9)}}}`);
}

export function nastyText(random) {
  return random.chance(0.04) ? longText(random) : random.pick(TEXTS);
}

export function nastyNumber(random) {
  return random.chance(0.3) ? random.int(-1_000_000, 1_000_000) : random.pick(NUMBERS);
}

/** Anything that a structured clone can carry, mostly unfit for the place. */
export function nasty(random) {
  switch (random.int(0, 13)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return nastyText(random);
    case 4:
    case 5:
    case 6:
      return nastyNumber(random);
    case 7:
      return random.pick([null, undefined, true, false]);
    case 8:
      return random.pick([[], {}, [[]], [null], [undefined]]);
    case 9:
      return poisoned(random);
    case 10:
      return deep(random);
    case 11:
      return random.pick([10n, new Date(NaN), new Date(0), new Map([['a', 1]]), new Set([1]), /x/]);
    case 12:
      return random.pick([new Int32Array(3), new Uint8Array(9), new ArrayBuffer(8), new Error('x')]);
    default:
      return Array.from({ length: random.int(1, 2_000) }, (_, index) => index);
  }
}
