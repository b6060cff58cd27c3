/** How a locale writes decimals and groups, read once from Intl. */
interface NumberStyle {
  readonly decimal: string;
  readonly group: string;
}

const styles = new Map<string, NumberStyle>();

export function numberStyle(locale: string): NumberStyle {
  let style = styles.get(locale);
  if (!style) {
    const parts = new Intl.NumberFormat(locale).formatToParts(1234567.5);
    style = {
      decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
      group: parts.find((part) => part.type === 'group')?.value ?? ',',
    };
    styles.set(locale, style);
  }
  return style;
}

/**
 * A number as people and programs write it, as canonical decimal text
 * (`-1234.56`); null when it is none. Currency signs and codes, spaces and
 * apostrophes are dropped. With one kind of separator the locale decides
 * between `1.234` as thousands and as decimals, unless only one reading makes
 * sense: `12,50` is never twelve hundred and fifty.
 */
export function parseNumberText(text: string, locale: string): string | null {
  const bare = text
    .trim()
    .replace(/^(?:[A-Z]{3}\b|\p{Sc})\s*|\s*(?:\b[A-Z]{3}|\p{Sc})$/gu, '')
    .replace(/^([-+−(])\s*(?:[A-Z]{3}\b|\p{Sc})\s*/u, '$1')
    .replace(/(\d)\s*(?:[A-Z]{3}|\p{Sc})([-−)])$/u, '$1$2')
    .trim();
  const signed = /^([-+−])?\s*(.+?)$|^$/.exec(unwrap(bare));
  const body = signed?.[2];
  if (body === undefined) return null;
  const digits = readDigits(body.replace(/(?<=\d)[\s\u00a0\u202f'’](?=\d)/g, ''), numberStyle(locale));
  if (digits === null) return null;
  const negative = signed?.[1] === '-' || signed?.[1] === '−';
  return negative && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** `(12.50)` and `12.50-` are how bookkeepers write minus. */
function unwrap(text: string): string {
  const wrapped = /^\((.+)\)$/.exec(text) ?? /^([^-−+].*)[-−]$/.exec(text);
  return wrapped ? `-${(wrapped[1] ?? '').trim()}` : text;
}

function readDigits(body: string, style: NumberStyle): string | null {
  if (!/^[\d.,]*\d[.,]?$/.test(body)) return null;
  const dots = body.split('.').length - 1;
  const commas = body.split(',').length - 1;
  if (dots > 0 && commas > 0) {
    const decimal = body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ',';
    return join(body, decimal === '.' ? ',' : '.', decimal);
  }
  if (dots + commas === 0) return join(body, '', '.');
  const separator = dots > 0 ? '.' : ',';
  if (dots + commas > 1) return join(body, separator, '');
  const grouped = /^[1-9]\d{0,2}[.,]\d{3}$/.test(body);
  return grouped && separator !== style.decimal ? join(body, separator, '') : join(body, '', separator);
}

/** Canonical digits when every group has three digits and there is one decimal separator at most. */
function join(body: string, group: string, decimal: string): string | null {
  const at = decimal === '' ? -1 : body.indexOf(decimal);
  const whole = at === -1 ? body : body.slice(0, at);
  const fraction = at === -1 ? '' : body.slice(at + 1);
  if (!/^\d*$/.test(fraction)) return null;
  const groups = group === '' ? [whole] : whole.split(group);
  if (groups.slice(1).some((part) => part.length !== 3) || (groups.length > 1 && groups[0] === ''))
    return null;
  const digits = groups.join('');
  if (!/^\d*$/.test(digits) || (digits === '' && fraction === '')) return null;
  return `${digits.replace(/^0+(?=\d)/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Canonical decimal text as the locale writes it in an edit field: its decimal sign, no groups. */
export function localNumberText(canonical: string, locale: string): string {
  return canonical.replace('.', numberStyle(locale).decimal);
}
